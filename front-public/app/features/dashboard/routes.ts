import { index, type RouteConfigEntry } from "@react-router/dev/routes";

export const landingRoutes: RouteConfigEntry[] = [index("features/dashboard/routes/landing.tsx")];
export const dashboardRoutes: RouteConfigEntry[] = [index("features/dashboard/routes/index.tsx")];
