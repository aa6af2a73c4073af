import "./app.css";
import { flaggedPages } from "virtual:front-pages";
import { errorMeta } from "@dashboard/front/root/error-meta.ts";
import { rootLinks } from "@dashboard/front/root/links.ts";
import { readRoot } from "@dashboard/front/root/loader.server.ts";
import { frontMiddleware } from "@dashboard/front/session/middleware.server.ts";
import { Document } from "@dashboard/front/ui/document-shell.tsx";
import { ErrorPage } from "@dashboard/front/ui/error-page.tsx";
import { Outlet } from "react-router";
import type { Route } from "./+types/root";

export const middleware = frontMiddleware(
  { access: "dashboard_access", refresh: "dashboard_refresh", device: "dashboard_device", flash: "dashboard_flash" },
  "publicUrl",
  flaggedPages,
);

export const links = rootLinks;
export const loader = readRoot("public");
export const meta = errorMeta("Tools Dashboard");

export function Layout({ children }: { children: React.ReactNode }) {
  return <Document front="public">{children}</Document>;
}

export default function Root() {
  return <Outlet />;
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return <ErrorPage error={error} home="/" />;
}
