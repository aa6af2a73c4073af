import { type RouteConfigEntry, route } from "@react-router/dev/routes";

export const profileRoutes: RouteConfigEntry[] = [
  route("profile", "features/profile/routes/view.tsx"),
  route("profile/create", "features/profile/routes/create.tsx"),
];

export const avatarRoutes: RouteConfigEntry[] = [route("api/avatars/:id", "features/profile/routes/avatar.ts")];
