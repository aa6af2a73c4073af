/** All pages of this front, feature by feature. */
import { checkFeatures, inOwnCase } from "@dashboard/front/features/registry.ts";
import { layout, prefix, route } from "@react-router/dev/routes";
import { billingRoutes } from "./features/billing/routes.ts";
import { dashboardRoutes, landingRoutes } from "./features/dashboard/routes.ts";
import { emailVerificationRoutes } from "./features/email-verification/routes.ts";
import { notificationRoutes } from "./features/notifications/routes.ts";
import { avatarRoutes, profileRoutes } from "./features/profile/routes.ts";
import { settingsRoutes } from "./features/settings/routes.ts";
import { registrationRoutes } from "./features/user-registration/routes.ts";

export default inOwnCase(
  checkFeatures(import.meta.dirname, "front-public", [
    layout("routes/public.tsx", [
      layout("routes/public-page.tsx", [
        ...landingRoutes,
        ...registrationRoutes,
        ...emailVerificationRoutes,
        route("*", "routes/not-found.tsx"),
      ]),
    ]),
    ...prefix("app", [
      layout("routes/app.tsx", [
        layout("routes/app-page.tsx", [
          ...dashboardRoutes,
          ...profileRoutes,
          ...notificationRoutes,
          ...billingRoutes,
          ...settingsRoutes,
          route("*", "routes/app-not-found.tsx"),
        ]),
      ]),
    ]),
    ...avatarRoutes,
  ]),
);
