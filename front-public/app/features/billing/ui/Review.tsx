import type { Plan, Problem, Subscription } from "@dashboard/front/api/types.ts";
import { SubmitButton } from "@dashboard/front/ui/button.tsx";
import { Dialog } from "@dashboard/front/ui/dialog.tsx";
import { Money } from "@dashboard/front/ui/money.tsx";
import { Notice } from "@dashboard/front/ui/notice.tsx";
import { PreferencesContext, When } from "@dashboard/front/ui/when.tsx";
import { useContext } from "react";
import { Form } from "react-router";
import { isDue, PER, perPeriod, seatPrice, seatsInWords, type Terms, totalOf } from "../terms.ts";

interface ReviewProps {
  plan: Plan;
  terms: Terms;
  current: Subscription | null;
  /** Of the subscription that was seen: another window may have changed it since. */
  version: string;
  problem: Problem | undefined;
  /** The day in UTC, by which back-api counts. */
  today: string;
}

/** What is about to be taken, in full: seats, period, sum and first invoice. */
export function Review({ plan, terms, current, version, problem, today }: ReviewProps) {
  const { locale } = useContext(PreferencesContext);
  const total = totalOf(plan, terms);
  if (total === null)
    return <Notice tone="bad" title={`${plan.name} isn’t available with these options.`} className="mb-6" />;
  const costs = total > 0;
  const isChange = current !== null && current.plan === terms.plan;
  const sum = perPeriod(total, terms, locale);
  return (
    <Form method="post" preventScrollReset>
      {version && <input type="hidden" name="version" value={version} />}
      {Object.entries(terms).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Dialog
        id="review"
        title={
          isChange ? `Change your ${plan.name} plan?` : costs ? `Subscribe to ${plan.name}?` : `Choose ${plan.name}?`
        }
        dismiss="Not now"
        problem={problem}
        open={problem ?? terms}
        actions={
          <SubmitButton intent="subscribe" pending={isChange ? "Changing …" : "Subscribing …"}>
            {isChange ? `Change to ${sum}` : costs ? `Subscribe for ${sum}` : `Choose ${plan.name}`}
          </SubmitButton>
        }
      >
        {costs ? (
          <>
            <p className="text-ink">
              {seatsInWords(terms.seats)} × <Money minor={seatPrice(plan, terms) ?? 0} currency={terms.currency} />{" "}
              {PER[terms.interval]} = <strong>{sum}</strong>
            </p>
            <p>
              {isChange ? <FromNextInvoice due={current.next_due_on} today={today} /> : <FirstInvoice today={today} />}
            </p>
          </>
        ) : (
          <p>It’s free.</p>
        )}
      </Dialog>
    </Form>
  );
}

function FirstInvoice({ today }: { today: string }) {
  return (
    <>
      Your first invoice is due today, <When at={today} dateOnly />. You can change or cancel the plan at any time.
    </>
  );
}

function FromNextInvoice({ due, today }: { due: string | null; today: string }) {
  if (!due || isDue(due, today)) return "This applies from your next invoice, which is due now.";
  return (
    <>
      This applies from your next invoice on <When at={due} dateOnly />.
    </>
  );
}
