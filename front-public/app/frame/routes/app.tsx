/** The frame of everything behind the login: the shell, the bell, the live connection. */
import { actions, navigation } from "virtual:front-pages";
import { attempt, part } from "@dashboard/front/api/part.server.ts";
import type { LiveMessage } from "@dashboard/front/api/types.ts";
import { useUnsaved } from "@dashboard/front/feedback/unsaved.ts";
import { liveUrl } from "@dashboard/front/live/live-url.server.ts";
import { startingId } from "@dashboard/front/live/starting-id.server.ts";
import { useToasts } from "@dashboard/front/live/toasts.ts";
import { useLiveUpdates } from "@dashboard/front/live/use-live-updates.ts";
import { useWarmPages } from "@dashboard/front/offline/warm-pages.ts";
import { errorMeta } from "@dashboard/front/root/error-meta.ts";
import { settings } from "@dashboard/front/server/settings.ts";
import { requireLogin, sessionOf } from "@dashboard/front/session/middleware.server.ts";
import { keepTheme } from "@dashboard/front/session/theme.server.ts";
import { AccountMenu } from "@dashboard/front/shell/account-menu.tsx";
import { readShell } from "@dashboard/front/shell/shell.server.ts";
import { Shell } from "@dashboard/front/shell/shell.tsx";
import { ErrorPage } from "@dashboard/front/ui/error-page.tsx";
import { PreferencesContext } from "@dashboard/front/ui/when.tsx";
import Settings from "lucide/dist/esm/icons/settings.mjs";
import UserRound from "lucide/dist/esm/icons/user-round.mjs";
import { Outlet, useNavigation } from "react-router";
import { readMe } from "../../features/account/account.server.ts";
import { listNotifications, unreadCount } from "../../features/notifications/notifications.server.ts";
import { Bell } from "../../features/notifications/ui/Bell.tsx";
import { useNews } from "../../features/notifications/use-news.ts";
import { readProfile } from "../../features/profile/profile.server.ts";
import { useTimeZone } from "../../features/profile/use-time-zone.ts";
import type { FrameData } from "../data.ts";
import type { Route } from "./+types/app";

export const middleware = [requireLogin];

const BELL_ITEMS = 5;
const FRONT = { home: "/app", navigation, actions };
const LINKS = [
  { to: "/app/profile", label: "Your profile", icon: UserRound },
  { to: "/app/settings", label: "Settings", icon: Settings },
];

export async function loader({ context, request }: Route.LoaderArgs): Promise<FrameData> {
  const session = sessionOf(context);
  const isStaff = (session.identity?.permissions.length ?? 0) > 0;
  const elsewhere = isStaff ? { label: "Administration", href: settings().adminUrl } : null;
  const [profile, me, latest, unread, shell] = await Promise.all([
    part(readProfile(session)),
    attempt(readMe(session)),
    part(listNotifications(session, { limit: BELL_ITEMS })),
    part(unreadCount(session)),
    readShell(session, { entries: [...navigation, ...actions], elsewhere }),
  ]);
  const theme = profile.ok ? profile.data?.theme : undefined;
  if (theme) keepTheme(session, theme);
  const lastId = (latest.ok && latest.data.items[0]?.id) || startingId();
  return { profile, me, latest, unread, theme, lastId, liveUrl: liveUrl(request), shell };
}

export const meta = errorMeta("Tools Dashboard");

export default function AppFrame({ loaderData }: Route.ComponentProps) {
  const { me, latest, unread, lastId, liveUrl, shell } = loaderData;
  const profile = loaderData.profile.ok ? loaderData.profile.data : null;
  const account = me.ok ? me.data : undefined;
  const person = {
    name: profile?.display_name || profile?.name || account?.name || "",
    email: account?.email ?? "",
    picture: profile?.avatar_url,
  };
  const timeZone = useTimeZone(profile?.time_zone);
  const isBusy = useNavigation().state !== "idle";
  const addToast = useToasts((toasts) => toasts.add);
  const announceNews = useNews();
  useWarmPages();
  const onMessage = (message: LiveMessage) => {
    if (message.type === "notification.created") announceNews(message.data);
    const isNews = message.type === "profile.updated" && message.data.version > (profile?.version ?? 0);
    if (isNews && !isBusy && useUnsaved.getState().forms.size === 0)
      addToast({ id: message.id, title: "Your profile was changed in another window." });
  };
  useLiveUpdates({ url: liveUrl, lastId, onMessage });
  return (
    <PreferencesContext value={{ locale: profile?.locale ?? "en", timeZone }}>
      <Shell
        front={FRONT}
        data={shell}
        corner={
          <>
            <Bell latest={latest} unread={unread} />
            <AccountMenu person={person} links={LINKS} elsewhere={shell.elsewhere} />
          </>
        }
      >
        <Outlet />
      </Shell>
    </PreferencesContext>
  );
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return <ErrorPage error={error} home="/app" />;
}
