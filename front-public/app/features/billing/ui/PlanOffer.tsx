import type { Plan, Price, Subscription } from "@dashboard/front/api/types.ts";
import { Badge } from "@dashboard/front/ui/badge.tsx";
import { Button, SubmitButton } from "@dashboard/front/ui/button.tsx";
import { cx } from "@dashboard/front/ui/cx.ts";
import { Dialog } from "@dashboard/front/ui/dialog.tsx";
import { Icon } from "@dashboard/front/ui/icon.ts";
import { Money } from "@dashboard/front/ui/money.tsx";
import Check from "lucide/dist/esm/icons/check.mjs";
import { useState } from "react";
import { Form } from "react-router";
import { PlanChoices } from "./PlanChoices.tsx";

interface PlanOfferProps {
  plan: Plan;
  current: Subscription | null;
}

/** One plan with its prices, and the form that takes it. */
export function PlanOffer({ plan, current }: PlanOfferProps) {
  const isCurrent = current?.plan === plan.id;
  const currencies = [...new Set(plan.prices.map(({ currency }) => currency))];
  const [currency, setCurrency] = useState(current?.currency ?? currencies[0] ?? "EUR");
  const isFree = plan.prices.every(({ amount_minor }) => amount_minor === 0);
  const verb = isCurrent ? "Change seats or interval" : current ? `Change to ${plan.name}` : `Choose ${plan.name}`;
  const dialog = `confirm-${plan.id}`;
  return (
    <article
      aria-labelledby={`plan-${plan.id}`}
      className={cx(
        "plan flex flex-col rounded-card border bg-surface p-5 shadow-card sm:p-6",
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
      <Prices prices={plan.prices.filter((price) => price.currency === currency)} />
      <ul className="mb-6 grid gap-2">
        {plan.features.map((feature) => (
          <li key={feature} className="flex gap-2">
            <Icon of={Check} size={18} className="mt-1 shrink-0 text-good" />
            {feature}
          </li>
        ))}
      </ul>
      <Form method="post" className="mt-auto grid gap-4">
        <input type="hidden" name="plan" value={plan.id} />
        {current && <input type="hidden" name="version" value={current.version} />}
        {isFree ? null : (
          <PlanChoices current={current} currencies={currencies} currency={currency} onCurrency={setCurrency} />
        )}
        {!(isFree && isCurrent) && (
          <Button variant={current ? "secondary" : "primary"} command="show-modal" commandfor={dialog}>
            {verb}
          </Button>
        )}
        <Dialog
          id={dialog}
          title={`${verb}?`}
          dismiss="Not now"
          actions={<SubmitButton intent={plan.id}>Yes, do it</SubmitButton>}
        >
          <p>{plan.description}</p>
          <p>
            {isFree
              ? "It costs nothing."
              : "You are billed in advance, with the next billing run. You can change or cancel it at any time."}
          </p>
        </Dialog>
      </Form>
    </article>
  );
}

/** The first price large, the others as its alternatives. Nothing to pay needs no interval. */
function Prices({ prices }: { prices: Price[] }) {
  const [first, ...others] = prices;
  if (!first) return null;
  const isFree = prices.every(({ amount_minor }) => amount_minor === 0);
  return (
    <div className="mt-4 mb-5">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <strong className="font-display text-4xl tracking-tight">
          <Money minor={first.amount_minor} currency={first.currency} />
        </strong>
        <span className="text-ink-soft">{isFree ? "for as long as you like" : `per seat and ${first.interval}`}</span>
      </p>
      {!isFree && (
        <p className="mt-1 text-sm text-ink-faint">
          {others.map(({ interval, currency, amount_minor }) => (
            <span key={interval}>
              or <Money minor={amount_minor} currency={currency} /> per seat and {interval}
            </span>
          ))}
        </p>
      )}
    </div>
  );
}
