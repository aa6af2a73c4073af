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
  { access: "admin_access", refresh: "admin_refresh", device: "admin_device", flash: "admin_flash" },
  "adminUrl",
  flaggedPages,
);

export const links = rootLinks;
export const loader = readRoot("admin");
export const meta = errorMeta("Tools Dashboard administration");

export function Layout({ children }: { children: React.ReactNode }) {
  return <Document front="admin">{children}</Document>;
}

export default function Root() {
  return <Outlet />;
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return <ErrorPage error={error} home="/" missing="Page not found" />;
}
