import { part } from "@dashboard/front/api/part.server.ts";
import { sessionOf } from "@dashboard/front/session/middleware.server.ts";
import { PageHeader } from "@dashboard/front/ui/card.tsx";
import { readMe } from "../../features/account/account.server.ts";
import { listInvoices, readSubscription } from "../../features/billing/billing.server.ts";
import { UnverifiedNotice } from "../../features/email-verification/ui/UnverifiedNotice.tsx";
import { useFrame } from "../data.ts";
import { PlanCard } from "../ui/PlanCard.tsx";
import { ProfileCard } from "../ui/ProfileCard.tsx";
import { RecentInvoices } from "../ui/RecentInvoices.tsx";
import { RecentNotifications } from "../ui/RecentNotifications.tsx";
import type { Route } from "./+types/dashboard";

const RECENT_INVOICES = 3;

export const meta: Route.MetaFunction = () => [{ title: "Dashboard · Tools Dashboard" }];

export async function loader({ context }: Route.LoaderArgs) {
  const session = sessionOf(context);
  const [me, subscription, invoices] = await Promise.all([
    part(readMe(session)),
    part(readSubscription(session)),
    part(listInvoices(session, { limit: RECENT_INVOICES })),
  ]);
  return { me, subscription, invoices };
}

export default function Dashboard({ loaderData: { me, subscription, invoices } }: Route.ComponentProps) {
  const frame = useFrame();
  if (!frame) return null;
  const profile = frame.profile.ok ? frame.profile.data : null;
  const name = profile?.display_name || profile?.name || (me.ok && me.data.name) || "";
  return (
    <>
      <PageHeader title={name ? `Hello, ${name}` : "Hello"}>Everything on its hook, as of this moment.</PageHeader>
      <UnverifiedNotice me={me} />
      <div className="grid grid-cols-1 gap-6 md:grid-cols-2">
        <ProfileCard profile={frame.profile} email={me.ok ? me.data.email : null} />
        <PlanCard subscription={subscription} />
        <RecentNotifications latest={frame.latest} />
        <RecentInvoices invoices={invoices} />
      </div>
    </>
  );
}
