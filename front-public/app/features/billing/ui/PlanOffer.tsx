import type { Plan, Subscription } from "@dashboard/front/api/types.ts";
import { Badge } from "@dashboard/front/ui/badge.tsx";
import { SubmitButton } from "@dashboard/front/ui/button.tsx";
import { cx } from "@dashboard/front/ui/cx.ts";
import { GuardedForm } from "@dashboard/front/ui/form.tsx";
import { Icon } from "@dashboard/front/ui/icon.ts";
import { Money } from "@dashboard/front/ui/money.tsx";
import { PreferencesContext } from "@dashboard/front/ui/when.tsx";
import Check from "lucide/dist/esm/icons/check.mjs";
import { useContext, useState } from "react";
import type { Answer } from "../actions.server.ts";
import { PER, seatPrice, type Terms } from "../terms.ts";
import { PlanChoices } from "./PlanChoices.tsx";

interface PlanOfferProps {
  plan: Plan;
  current: Subscription | null;
  /** What was chosen here and refused, or reviewed. */
  answer: Answer | undefined;
}

/** One plan with its prices, and the form that leads to its review. */
export function PlanOffer({ plan, current, answer }: PlanOfferProps) {
  const isCurrent = current?.plan === plan.id;
  const offered = [...new Set(plan.prices.map(({ currency }) => currency))];
  const { locale } = useContext(PreferencesContext);
  const currency = current?.currency ?? (locale === "en-US" && offered.includes("USD") ? "USD" : offered[0]) ?? "EUR";
  const known = answer?.terms ?? current;
  const [terms, setTerms] = useState<Omit<Terms, "plan">>({
    interval: known?.interval ?? "month",
    seats: known?.seats ?? 1,
    currency: answer?.terms?.currency ?? currency,
  });
  const problem = answer?.at === "plan" ? answer.problem : undefined;
  return (
    <article
      aria-labelledby={`plan-${plan.id}`}
      className={cx(
        "plan rounded-card border bg-surface p-5 shadow-card sm:p-6",
        isCurrent ? "border-accent" : "border-line",
      )}
    >
      <div className="flex items-center justify-between gap-3">
        <h3 id={`plan-${plan.id}`} className="text-2xl">
          {plan.name}
        </h3>
        {isCurrent && <Badge tone="accent">Your plan</Badge>}
      </div>
      <p className="mt-1 text-ink-soft">{plan.description}</p>
      <Prices plan={plan} terms={terms} />
      <ul className="grid gap-2">
        {plan.features.map((feature) => (
          <li key={feature} className="flex gap-2">
            <Icon of={Check} size={18} className="mt-1 shrink-0 text-good" />
            {feature}
          </li>
        ))}
      </ul>
      <Choice plan={plan} current={current}>
        <GuardedForm problem={problem} preventScrollReset className="mt-6 grid gap-4">
          <input type="hidden" name="plan" value={plan.id} />
          {current && <input type="hidden" name="version" value={current.version} />}
          {!isFree(plan) && (
            <PlanChoices
              plan={plan}
              terms={terms}
              currencies={current ? [current.currency] : offered}
              problem={problem}
              onChange={setTerms}
            />
          )}
          <SubmitButton intent={`review-${plan.id}`} variant={current ? "secondary" : "primary"}>
            {isCurrent ? "Change seats or billing" : `Choose ${plan.name}`}
          </SubmitButton>
        </GuardedForm>
      </Choice>
    </article>
  );
}

const isFree = ({ prices }: Plan): boolean => prices.every(({ amount_minor }) => amount_minor === 0);

/** The form, where there is something to choose: from a plan that costs, canceling is the one way back to the free one. */
function Choice({ plan, current, children }: Pick<PlanOfferProps, "plan" | "current"> & { children: React.ReactNode }) {
  if (!isFree(plan) || !current) return children;
  if (current.plan === plan.id) return null;
  return <p className="mt-6 text-sm text-ink-faint">You return to {plan.name} when you cancel your plan.</p>;
}

/** The price of a seat as it is chosen, and the other one below. What costs nothing is in no currency. */
function Prices({ plan, terms }: { plan: Plan; terms: Omit<Terms, "plan"> }) {
  if (isFree(plan)) return <p className="mt-4 mb-5 font-display text-4xl font-bold tracking-tight">Free</p>;
  const { currency, interval } = terms;
  const chosen = seatPrice(plan, terms);
  const others = plan.prices.filter((price) => price.currency === currency && price.interval !== interval);
  return (
    <div className="mt-4 mb-5">
      {chosen !== null && (
        <p className="flex flex-wrap items-baseline gap-x-2">
          <strong className="font-display text-4xl tracking-tight">
            <Money minor={chosen} currency={currency} />
          </strong>
          <span className="text-ink-soft">per seat / {interval}</span>
        </p>
      )}
      {others.map((price) => (
        <p key={price.interval} className="mt-1 text-sm text-ink-faint">
          or <Money minor={price.amount_minor} currency={currency} /> per seat {PER[price.interval]}
        </p>
      ))}
    </div>
  );
}
