import { type RouteConfigEntry, route } from "@react-router/dev/routes";

export const notificationRoutes: RouteConfigEntry[] = [
  route("notifications", "features/notifications/routes/index.tsx"),
];
