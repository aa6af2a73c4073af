import { type RouteConfigEntry, route } from "@react-router/dev/routes";

export const registrationRoutes: RouteConfigEntry[] = [
  route("register", "features/user-registration/routes/register.tsx"),
  route("login", "features/user-registration/routes/login.tsx"),
  route("logout", "features/user-registration/routes/logout.tsx"),
];
