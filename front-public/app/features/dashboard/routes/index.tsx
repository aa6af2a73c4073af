import { part } from "@dashboard/front/api/part.server.ts";
import { sessionOf } from "@dashboard/front/session/middleware.server.ts";
import { Card, PageHeader } from "@dashboard/front/ui/card.tsx";
import { TextLink } from "@dashboard/front/ui/text-link.tsx";
import { Unavailable } from "@dashboard/front/ui/unavailable.tsx";
import { useRouteLoaderData } from "react-router";
import type { loader as frameLoader } from "../../../routes/app.tsx";
import { readSubscription } from "../../billing/billing.server.ts";
import { NotificationText } from "../../notifications/ui/NotificationText.tsx";
import { readMe } from "../dashboard.server.ts";
import { PlanCard } from "../ui/PlanCard.tsx";
import { ProfileCard } from "../ui/ProfileCard.tsx";
import { QuickLinks } from "../ui/QuickLinks.tsx";
import type { Route } from "./+types/index";

export const meta: Route.MetaFunction = () => [{ title: "Dashboard · Tools Dashboard" }];

export async function loader({ context }: Route.LoaderArgs) {
  const session = sessionOf(context);
  const [me, subscription] = await Promise.all([part(readMe(session)), part(readSubscription(session))]);
  return { me, subscription };
}

export default function Dashboard({ loaderData: { me, subscription } }: Route.ComponentProps) {
  const frame = useRouteLoaderData<typeof frameLoader>("routes/app");
  if (!frame) return null;
  const profile = frame.profile.ok ? frame.profile.data : null;
  const name = profile?.display_name || profile?.name || (me.ok && me.data.name) || "";
  return (
    <>
      <PageHeader title={name ? `Hello, ${name}` : "Hello"}>Here is what hangs on your wall today.</PageHeader>
      <div className="grid grid-cols-1 gap-6 md:grid-cols-2">
        <ProfileCard profile={frame.profile} email={me.ok ? me.data.email : null} />
        <PlanCard subscription={subscription} />
        <Card
          title="Recent notifications"
          aside={<TextLink to="/app/notifications">See all</TextLink>}
          className="md:col-span-2"
        >
          <Recent latest={frame.latest} />
        </Card>
        <QuickLinks />
      </div>
    </>
  );
}

const RECENT = 3;

function Recent({
  latest,
}: {
  latest: NonNullable<ReturnType<typeof useRouteLoaderData<typeof frameLoader>>>["latest"];
}) {
  if (!latest.ok) return <Unavailable what="Your notifications" problem={latest.problem} />;
  if (latest.data.items.length === 0)
    return <p className="text-ink-soft">Nothing yet. News appear here by themselves.</p>;
  return (
    <ul className="grid gap-x-8 gap-y-4 lg:grid-cols-3">
      {latest.data.items.slice(0, RECENT).map((notification) => (
        <li key={notification.id}>
          <NotificationText notification={notification} />
        </li>
      ))}
    </ul>
  );
}
