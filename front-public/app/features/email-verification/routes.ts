import { type RouteConfigEntry, route } from "@react-router/dev/routes";

export const emailVerificationRoutes: RouteConfigEntry[] = [
  route("verify-email", "features/email-verification/routes/verify-email.tsx"),
];
