/** The frame of everything behind the login: navigation, bell, live connection, and what does not work right now. */
import { navigation } from "virtual:front-pages";
import { part } from "@dashboard/front/api/part.server.ts";
import type { LiveMessage } from "@dashboard/front/api/types.ts";
import { featureRegistry } from "@dashboard/front/features/feature-registry.server.ts";
import { liveUrl } from "@dashboard/front/live/live-url.server.ts";
import { startingId } from "@dashboard/front/live/starting-id.server.ts";
import { useToasts } from "@dashboard/front/live/toasts.ts";
import { useLiveUpdates } from "@dashboard/front/live/use-live-updates.ts";
import { useWarmPages } from "@dashboard/front/offline/warm-pages.ts";
import { requireLogin, sessionOf } from "@dashboard/front/session/middleware.server.ts";
import { keepTheme } from "@dashboard/front/session/theme.server.ts";
import { ErrorPage } from "@dashboard/front/ui/error-page.tsx";
import { MissingParts } from "@dashboard/front/ui/missing-parts.tsx";
import { Toaster } from "@dashboard/front/ui/toaster.tsx";
import { PreferencesContext } from "@dashboard/front/ui/when.tsx";
import { Outlet, useNavigation } from "react-router";
import { listNotifications, unreadCount } from "../../features/notifications/notifications.server.ts";
import { useNews } from "../../features/notifications/use-news.ts";
import { readProfile } from "../../features/profile/profile.server.ts";
import type { FrameData } from "../data.ts";
import { Header } from "../ui/Header.tsx";
import { Navigation } from "../ui/Navigation.tsx";
import type { Route } from "./+types/app";

export const middleware = [requireLogin];

const BELL_ITEMS = 5;

export async function loader({ context, request }: Route.LoaderArgs): Promise<FrameData> {
  const session = sessionOf(context);
  const [profile, latest, unread, shown] = await Promise.all([
    part(readProfile(session)),
    part(listNotifications(session, { limit: BELL_ITEMS })),
    part(unreadCount(session)),
    featureRegistry.visible(navigation),
  ]);
  const theme = profile.ok ? profile.data?.theme : undefined;
  if (theme) keepTheme(session, theme);
  const lastId = (latest.ok && latest.data.items[0]?.id) || startingId();
  const pages = shown.map(({ to }) => to);
  return { profile, latest, unread, theme, lastId, liveUrl: liveUrl(request), pages };
}

export default function AppFrame({ loaderData }: Route.ComponentProps) {
  const { latest, unread, lastId, liveUrl, pages } = loaderData;
  const profile = loaderData.profile.ok ? loaderData.profile.data : null;
  const isBusy = useNavigation().state !== "idle";
  const addToast = useToasts((toasts) => toasts.add);
  const announceNews = useNews();
  useWarmPages();
  const onMessage = (message: LiveMessage) => {
    if (message.type === "notification.created") announceNews(message.data);
    const isNews = message.type === "profile.updated" && message.data.version > (profile?.version ?? 0);
    if (isNews && !isBusy) addToast({ id: message.id, title: "Your profile was changed in another window." });
  };
  useLiveUpdates({ url: liveUrl, lastId, onMessage });
  return (
    <PreferencesContext value={{ locale: profile?.locale ?? "en", timeZone: profile?.time_zone ?? "UTC" }}>
      <Header profile={profile} latest={latest} unread={unread} />
      <div className="mx-auto grid max-w-6xl gap-x-10 px-4 pb-28 sm:px-8 lg:grid-cols-[13rem_minmax(0,1fr)] lg:pb-16">
        <Navigation pages={pages} />
        <main id="main" tabIndex={-1} className="min-w-0 pt-6 lg:pt-10">
          <MissingParts />
          <Outlet />
        </main>
      </div>
      <Toaster />
    </PreferencesContext>
  );
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return <ErrorPage error={error} home="/app" />;
}
