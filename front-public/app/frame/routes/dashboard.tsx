import { part } from "@dashboard/front/api/part.server.ts";
import { sessionOf } from "@dashboard/front/session/middleware.server.ts";
import { PageHeader } from "@dashboard/front/ui/card.tsx";
import { readMe } from "../../features/account/account.server.ts";
import { listInvoices, readPlans, readSubscription } from "../../features/billing/billing.server.ts";
import { readPreferences } from "../../features/notification-preferences/notification-preferences.server.ts";
import { listLoginEvents } from "../../features/sessions/sessions.server.ts";
import { activityOf } from "../activity.server.ts";
import { useFrame } from "../data.ts";
import { firstSteps, greeting } from "../onboarding.ts";
import { Checklist } from "../ui/Checklist.tsx";
import { PlanCard } from "../ui/PlanCard.tsx";
import { ProfileCard } from "../ui/ProfileCard.tsx";
import { RecentActivity } from "../ui/RecentActivity.tsx";
import { RecentInvoices } from "../ui/RecentInvoices.tsx";
import { RecentNotifications } from "../ui/RecentNotifications.tsx";
import type { Route } from "./+types/dashboard";

const RECENT = 3;

export const meta: Route.MetaFunction = () => [{ title: "Dashboard · Tools Dashboard" }];

export async function loader({ context }: Route.LoaderArgs) {
  const session = sessionOf(context);
  const [me, subscription, invoices, plans, preferences, logins] = await Promise.all([
    part(readMe(session)),
    part(readSubscription(session)),
    part(listInvoices(session, { limit: RECENT })),
    part(readPlans(session)),
    part(readPreferences(session)),
    part(listLoginEvents(session, { limit: RECENT, cursor: null })),
  ]);
  return { me, subscription, invoices, plans, preferences, activity: activityOf(logins) };
}

export default function Dashboard({ loaderData }: Route.ComponentProps) {
  const { me, subscription, invoices, plans, preferences, activity } = loaderData;
  const frame = useFrame();
  if (!frame) return null;
  const profile = frame.profile.ok ? frame.profile.data : null;
  const name = profile?.display_name || profile?.name || (me.ok && me.data.name) || "";
  const steps = firstSteps({ me, profile: frame.profile, subscription, preferences });
  const unread = frame.unread.ok ? frame.unread.data : 0;
  const hasPlan = !subscription.ok || subscription.data?.state === "active";
  const hasInvoices = !invoices.ok || invoices.data.items.length > 0;
  return (
    <>
      <PageHeader title={name ? <bdi>{`Hello, ${name}`}</bdi> : "Hello"}>
        {greeting([me, frame.profile, subscription, invoices], steps, unread)}
      </PageHeader>
      <Checklist steps={steps} />
      <div className="grid grid-cols-1 items-start gap-6 md:grid-cols-2">
        <div className="grid min-w-0 gap-6">
          {hasPlan && <PlanCard subscription={subscription} plans={plans.ok ? plans.data : []} />}
          {hasInvoices && <RecentInvoices invoices={invoices} />}
          <RecentActivity activity={activity} />
        </div>
        <div className="grid min-w-0 gap-6">
          <RecentNotifications latest={frame.latest} />
          {(!frame.profile.ok || profile) && (
            <ProfileCard profile={frame.profile} email={me.ok ? me.data.email : null} />
          )}
        </div>
      </div>
    </>
  );
}
