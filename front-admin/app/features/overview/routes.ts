import { index, type RouteConfigEntry } from "@react-router/dev/routes";

export const overviewRoutes: RouteConfigEntry[] = [index("features/overview/routes/index.tsx")];
