import { part } from "@dashboard/front/api/part.server.ts";
import { unknownIntent } from "@dashboard/front/forms/intent.server.ts";
import { sessionOf } from "@dashboard/front/session/middleware.server.ts";
import { Card, PageHeader } from "@dashboard/front/ui/card.tsx";
import { Empty } from "@dashboard/front/ui/empty.tsx";
import { Pagination } from "@dashboard/front/ui/pagination.tsx";
import { Unavailable } from "@dashboard/front/ui/unavailable.tsx";
import { useAnswer } from "@dashboard/front/ui/use-answer.ts";
import ReceiptText from "lucide/dist/esm/icons/receipt-text.mjs";
import { type Answer, cancelPlan, choosePlan, review } from "../actions.server.ts";
import { listInvoices, readPlans, readSubscription } from "../billing.server.ts";
import { CurrentPlan } from "../ui/CurrentPlan.tsx";
import { InvoiceList } from "../ui/InvoiceList.tsx";
import { PlanOffer } from "../ui/PlanOffer.tsx";
import { Review } from "../ui/Review.tsx";
import type { Route } from "./+types/index";

const INVOICES_A_PAGE = 10;

export const meta: Route.MetaFunction = () => [{ title: "Billing · Tools Dashboard" }];

export async function loader({ context, url }: Route.LoaderArgs) {
  const session = sessionOf(context);
  const [plans, subscription, invoices] = await Promise.all([
    part(readPlans(session)),
    part(readSubscription(session)),
    part(listInvoices(session, { limit: INVOICES_A_PAGE, cursor: url.searchParams.get("cursor") })),
  ]);
  return { plans, subscription, invoices, today: new Date().toISOString().slice(0, 10) };
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await request.formData();
  const session = sessionOf(context);
  const intent = form.get("intent");
  if (intent === "cancel") return cancelPlan(session, form);
  if (intent === "subscribe") return choosePlan(session, form);
  if (intent && intent === `review-${form.get("plan")}`) return review(form); // each plan has a button of its own
  throw unknownIntent(intent);
}

export default function Billing({ loaderData, actionData }: Route.ComponentProps) {
  const { plans, subscription, invoices, today } = loaderData;
  const answer = useAnswer<Answer>(actionData);
  const current = subscription.ok && subscription.data?.state === "active" ? subscription.data : null;
  const planOf = (id: string | undefined) => (plans.ok ? plans.data.find((plan) => plan.id === id) : undefined);
  const reviewed = answer?.at === "review" ? answer.terms : undefined;
  const reviewedPlan = planOf(reviewed?.plan);
  return (
    <>
      <PageHeader title="Billing">Your plan and every invoice. Periods are billed in advance.</PageHeader>
      {reviewed && reviewedPlan && (
        <Review
          plan={reviewedPlan}
          terms={reviewed}
          current={current}
          version={answer?.version ?? ""}
          problem={answer?.problem}
          today={today}
        />
      )}
      <div className="grid gap-8">
        {!subscription.ok && <Unavailable what="Your plan" problem={subscription.problem} />}
        {current && (
          <CurrentPlan
            subscription={current}
            plan={planOf(current.plan)}
            today={today}
            problem={answer?.at === "cancel" ? answer.problem : undefined}
          />
        )}
        {plans.ok ? (
          subscription.ok && (
            <section aria-labelledby="plans">
              <h2 id="plans" className="mb-4 text-2xl">
                {current ? "Change your plan" : "Choose a plan"}
              </h2>
              <div className="grid items-start gap-5 md:grid-cols-2">
                {plans.data.map((plan) => (
                  <PlanOffer
                    key={`${plan.id} ${current?.version}`}
                    plan={plan}
                    current={current}
                    answer={answer?.terms?.plan === plan.id ? answer : undefined}
                  />
                ))}
              </div>
            </section>
          )
        ) : (
          <Unavailable what="The plans" problem={plans.problem} />
        )}
        <Card title="Invoices" id="invoices">
          {!invoices.ok && <Unavailable what="Your invoices" problem={invoices.problem} />}
          {invoices.ok && invoices.data.items.length === 0 && (
            <Empty icon={ReceiptText} title="No invoices yet">
              Your first invoice appears here after the next billing run.
            </Empty>
          )}
          {invoices.ok && <InvoiceList invoices={invoices.data.items} />}
          {invoices.ok && <Pagination next={invoices.data.next_cursor} label="Invoice pages" />}
        </Card>
      </div>
    </>
  );
}
