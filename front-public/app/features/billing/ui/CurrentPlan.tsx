import type { Plan, Problem, Subscription } from "@dashboard/front/api/types.ts";
import { Badge } from "@dashboard/front/ui/badge.tsx";
import { Button, SubmitButton } from "@dashboard/front/ui/button.tsx";
import { Dialog } from "@dashboard/front/ui/dialog.tsx";
import { PreferencesContext, When } from "@dashboard/front/ui/when.tsx";
import { useContext } from "react";
import { Form } from "react-router";
import { INTERVALS, isDue, perPeriod, planName, seatsInWords, totalOf } from "../terms.ts";

interface CurrentPlanProps {
  subscription: Subscription;
  /** Undefined while the plans cannot be read: then there is no price. */
  plan: Plan | undefined;
  today: string;
  /** Why it could not be canceled. */
  problem: Problem | undefined;
}

export function CurrentPlan({ subscription, plan, today, problem }: CurrentPlanProps) {
  const { next_due_on } = subscription;
  return (
    <section
      aria-label="Your plan"
      className="current-plan flex flex-wrap items-center justify-between gap-5 rounded-card border border-line bg-accent-soft p-5 sm:p-6"
    >
      <div>
        <p className="flex items-center gap-3">
          <strong className="font-display text-4xl">{planName(subscription.plan)}</strong>
          <Badge tone="good">Active</Badge>
        </p>
        <p className="mt-2">
          <Costs subscription={subscription} plan={plan} />
          {next_due_on && (isDue(next_due_on, today) ? ", invoice due now" : <Renewal on={next_due_on} />)}
        </p>
      </div>
      {next_due_on && (
        <CancelPlan subscription={subscription} paidUntil={next_due_on} today={today} problem={problem} />
      )}
    </section>
  );
}

function Renewal({ on }: { on: string }) {
  return (
    <>
      , renews <When at={on} dateOnly />
    </>
  );
}

function Costs({ subscription, plan }: Pick<CurrentPlanProps, "subscription" | "plan">) {
  const { locale } = useContext(PreferencesContext);
  const { seats, interval, next_due_on } = subscription;
  if (!next_due_on) return "Free";
  const total = totalOf(plan, subscription);
  const price = total === null ? `billed ${INTERVALS[interval].toLowerCase()}` : perPeriod(total, subscription, locale);
  return `${seatsInWords(seats)}, ${price}`;
}

interface CancelPlanProps extends Pick<CurrentPlanProps, "subscription" | "today" | "problem"> {
  paidUntil: string;
}

/** The one way down: it says what ends, when, and what becomes of the period that was invoiced. */
function CancelPlan({ subscription: { plan, version }, paidUntil, today, problem }: CancelPlanProps) {
  const name = planName(plan);
  return (
    <Form method="post" preventScrollReset>
      <input type="hidden" name="version" value={version} />
      <Button variant="danger" command="show-modal" commandfor="cancel-plan">
        Cancel plan …
      </Button>
      <Dialog
        id="cancel-plan"
        title={`Cancel ${name}?`}
        dismiss={`Keep ${name}`}
        problem={problem}
        actions={
          <SubmitButton intent="cancel" variant="danger" pending="Canceling …">
            Cancel {name}
          </SubmitButton>
        }
      >
        <p>{name} ends right away and you return to Free. There are no further invoices; earlier ones stay here.</p>
        {!isDue(paidUntil, today) && (
          <p>
            The period you were invoiced for lasts until <When at={paidUntil} dateOnly />. It isn’t refunded.
          </p>
        )}
      </Dialog>
    </Form>
  );
}
