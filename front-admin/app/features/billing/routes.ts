import { type RouteConfigEntry, route } from "@react-router/dev/routes";

export const billingRoutes: RouteConfigEntry[] = [
  route("billing", "features/billing/routes/index.tsx"),
  route("billing/tasks/:id", "features/billing/routes/task.ts"),
];
