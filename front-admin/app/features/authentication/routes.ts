import { type RouteConfigEntry, route } from "@react-router/dev/routes";

export const signInRoutes: RouteConfigEntry[] = [
  route("login", "features/sign-in/routes/login.tsx"),
  route("logout", "features/sign-in/routes/logout.tsx"),
];
