import { type RouteConfigEntry, route } from "@react-router/dev/routes";

export const userRoutes: RouteConfigEntry[] = [route("users", "features/users/routes/index.tsx")];
