/** The frame of the administration: navigation, live connection, and what does not work right now. */
import { navigation } from "virtual:front-pages";
import { featureRegistry } from "@dashboard/front/features/feature-registry.server.ts";
import { liveUrl } from "@dashboard/front/live/live-url.server.ts";
import { useLiveUpdates } from "@dashboard/front/live/use-live-updates.ts";
import { useWarmPages } from "@dashboard/front/offline/warm-pages.ts";
import { requireLogin, sessionOf } from "@dashboard/front/session/middleware.server.ts";
import { ErrorPage } from "@dashboard/front/ui/error-page.tsx";
import { MissingParts } from "@dashboard/front/ui/missing-parts.tsx";
import { ReferencePath } from "@dashboard/front/ui/reference.tsx";
import { Toaster } from "@dashboard/front/ui/toaster.tsx";
import { PreferencesContext } from "@dashboard/front/ui/when.tsx";
import { data, type MiddlewareFunction, Outlet } from "react-router";
import { isAdministrator } from "../administrators.ts";
import { Header } from "../ui/Header.tsx";
import type { Route } from "./+types/frame";

const requireAdministrator: MiddlewareFunction<Response> = ({ context }, next) => {
  if (!isAdministrator(sessionOf(context).identity)) throw data(null, { status: 403 });
  return next();
};

/** A day of 24 hours, as in logs and traces. */
const PREFERENCES = { locale: "en-u-hc-h23", timeZone: "UTC" };

export const middleware = [requireLogin, requireAdministrator];

export async function loader({ context, request }: Route.LoaderArgs) {
  const identity = sessionOf(context).identity;
  const pages = (await featureRegistry.visible(navigation)).map(({ to }) => to);
  return { pages, role: identity?.role ?? "", permissions: identity?.permissions ?? [], liveUrl: liveUrl(request) };
}

export default function Frame({ loaderData: { pages, role, permissions, liveUrl } }: Route.ComponentProps) {
  useWarmPages();
  useLiveUpdates({ url: liveUrl, lastId: null, onMessage: () => {} });
  return (
    <PreferencesContext value={PREFERENCES}>
      <Header pages={pages} role={role} permissions={permissions} />
      <main id="main" tabIndex={-1} className="mx-auto max-w-6xl px-4 py-8 sm:px-8 sm:py-10">
        <MissingParts />
        <ReferencePath value={permissions.includes("traces:read") ? "/traces" : null}>
          <Outlet />
        </ReferencePath>
      </main>
      <footer className="mx-auto max-w-6xl px-4 pb-8 text-sm text-ink-faint sm:px-8">All times are in UTC.</footer>
      <Toaster />
    </PreferencesContext>
  );
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return <ErrorPage error={error} home="/" />;
}
