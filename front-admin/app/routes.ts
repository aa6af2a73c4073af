/** All pages of this front, feature by feature. */
import { checkFeatures, inOwnCase } from "@dashboard/front/features/registry.ts";
import { layout, route } from "@react-router/dev/routes";
import { announcementRoutes } from "./features/announcements/routes.ts";
import { auditRoutes } from "./features/audit/routes.ts";
import { billingRoutes } from "./features/billing/routes.ts";
import { eventRoutes } from "./features/events/routes.ts";
import { overviewRoutes } from "./features/overview/routes.ts";
import { signInRoutes } from "./features/sign-in/routes.ts";
import { traceRoutes } from "./features/traces/routes.ts";
import { userRoutes } from "./features/users/routes.ts";

export default inOwnCase(
  checkFeatures(import.meta.dirname, "front-admin", [
    ...signInRoutes,
    layout("routes/frame.tsx", [
      layout("routes/page.tsx", [
        ...overviewRoutes,
        ...userRoutes,
        ...billingRoutes,
        ...announcementRoutes,
        ...eventRoutes,
        ...traceRoutes,
        ...auditRoutes,
        route("*", "routes/not-found.tsx"),
      ]),
    ]),
  ]),
);
