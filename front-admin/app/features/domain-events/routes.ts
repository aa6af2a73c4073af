import { type RouteConfigEntry, route } from "@react-router/dev/routes";

export const eventRoutes: RouteConfigEntry[] = [route("events", "features/events/routes/index.tsx")];
