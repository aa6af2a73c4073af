/** The frame of the administration: the shell, and the live connection. */
import { actions, navigation } from "virtual:front-pages";
import { attempt } from "@dashboard/front/api/part.server.ts";
import { liveUrl } from "@dashboard/front/live/live-url.server.ts";
import { useLiveUpdates } from "@dashboard/front/live/use-live-updates.ts";
import { useWarmPages } from "@dashboard/front/offline/warm-pages.ts";
import { errorMeta } from "@dashboard/front/root/error-meta.ts";
import { settings } from "@dashboard/front/server/settings.ts";
import { requireLogin, sessionOf } from "@dashboard/front/session/middleware.server.ts";
import { AccountMenu } from "@dashboard/front/shell/account-menu.tsx";
import { readShell } from "@dashboard/front/shell/shell.server.ts";
import { Shell } from "@dashboard/front/shell/shell.tsx";
import { Badge } from "@dashboard/front/ui/badge.tsx";
import { ErrorPage } from "@dashboard/front/ui/error-page.tsx";
import { ReferencePath } from "@dashboard/front/ui/reference.tsx";
import { PreferencesContext } from "@dashboard/front/ui/when.tsx";
import { data, type MiddlewareFunction, Outlet } from "react-router";
import { readMe } from "../../features/account/account.server.ts";
import { isAdministrator } from "../administrators.ts";
import type { Route } from "./+types/frame";

const requireAdministrator: MiddlewareFunction<Response> = ({ context }, next) => {
  if (!isAdministrator(sessionOf(context).identity)) throw data(null, { status: 403 });
  return next();
};

/** A day of 24 hours, as in logs and traces. */
const PREFERENCES = { locale: "en-u-hc-h23", timeZone: "UTC" };

const FRONT = { home: "/", suffix: "admin", navigation, actions };

export const middleware = [requireLogin, requireAdministrator];

export async function loader({ context, request }: Route.LoaderArgs) {
  const session = sessionOf(context);
  const { role = "", permissions = [] } = session.identity ?? {};
  const elsewhere = { label: "Your own dashboard", href: `${settings().publicUrl}/app` };
  const [me, shell] = await Promise.all([
    attempt(readMe(session)),
    readShell(session, { entries: [...navigation, ...actions], elsewhere }),
  ]);
  return { me, shell, role, permissions, liveUrl: liveUrl(request) };
}

export const meta = errorMeta("Tools Dashboard administration");

export default function Frame({ loaderData: { me, shell, role, permissions, liveUrl } }: Route.ComponentProps) {
  useWarmPages();
  useLiveUpdates({ url: liveUrl, lastId: null, onMessage: () => {} });
  const person = { name: (me.ok && me.data.name) || "", email: me.ok ? me.data.email : "" };
  return (
    <PreferencesContext value={PREFERENCES}>
      <Shell
        front={FRONT}
        data={shell}
        corner={
          <AccountMenu person={person} links={[]} elsewhere={shell.elsewhere}>
            <Badge tone="accent">{role}</Badge>
          </AccountMenu>
        }
        footer="All times are in UTC."
      >
        <ReferencePath value={permissions.includes("traces:read") ? "/traces" : null}>
          <Outlet />
        </ReferencePath>
      </Shell>
    </PreferencesContext>
  );
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return <ErrorPage error={error} home="/" missing="Page not found" />;
}
