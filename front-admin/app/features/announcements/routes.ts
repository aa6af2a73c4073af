import { type RouteConfigEntry, route } from "@react-router/dev/routes";

export const announcementRoutes: RouteConfigEntry[] = [
  route("announcements", "features/announcements/routes/index.tsx"),
];
