import { type RouteConfigEntry, route } from "@react-router/dev/routes";

export const auditRoutes: RouteConfigEntry[] = [route("audit", "features/audit/routes/index.tsx")];
