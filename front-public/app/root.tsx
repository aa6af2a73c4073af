import "./app.css";
import { frontMiddleware, sessionOf } from "@dashboard/front/session/middleware.server.ts";
import { readTheme } from "@dashboard/front/session/theme.server.ts";
import { Document } from "@dashboard/front/ui/document-shell.tsx";
import { ErrorPage } from "@dashboard/front/ui/error-page.tsx";
import displayFont from "@fontsource-variable/bricolage-grotesque/files/bricolage-grotesque-latin-wght-normal.woff2?url";
import textFont from "@fontsource-variable/instrument-sans/files/instrument-sans-latin-wght-normal.woff2?url";
import { Outlet } from "react-router";
import type { Route } from "./+types/root";

export const middleware = frontMiddleware(
  { access: "dashboard_access", refresh: "dashboard_refresh", device: "dashboard_device" },
  "publicUrl",
);

export const links: Route.LinksFunction = () => [
  ...[displayFont, textFont].map((href) => ({
    rel: "preload",
    as: "font" as const,
    type: "font/woff2",
    crossOrigin: "anonymous" as const,
    href,
  })),
  { rel: "icon", href: "/icon.svg", type: "image/svg+xml" },
];

export const meta: Route.MetaFunction = () => [{ title: "Tools Dashboard" }];

export function loader({ context }: Route.LoaderArgs) {
  const session = sessionOf(context);
  return { theme: readTheme(session), loggedIn: session.identity !== null };
}

export function Layout({ children }: { children: React.ReactNode }) {
  return <Document front="public">{children}</Document>;
}

export default function Root() {
  return <Outlet />;
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return <ErrorPage error={error} home="/" />;
}
