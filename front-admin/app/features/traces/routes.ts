import { type RouteConfigEntry, route } from "@react-router/dev/routes";

export const traceRoutes: RouteConfigEntry[] = [
  route("traces", "features/traces/routes/index.tsx"),
  route("traces/:correlationId", "features/traces/routes/trace.tsx"),
];
