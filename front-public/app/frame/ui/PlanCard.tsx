import type { Part } from "@dashboard/front/api/problem.ts";
import type { Plan, Subscription } from "@dashboard/front/api/types.ts";
import { Badge } from "@dashboard/front/ui/badge.tsx";
import { ButtonLink } from "@dashboard/front/ui/button.tsx";
import { Card } from "@dashboard/front/ui/card.tsx";
import { TextLink } from "@dashboard/front/ui/text-link.tsx";
import { Unavailable } from "@dashboard/front/ui/unavailable.tsx";
import { INTERVALS, seatsInWords } from "../../features/billing/terms.ts";
import { NextInvoice } from "./NextInvoice.tsx";

interface PlanCardProps {
  subscription: Part<Subscription | null>;
  /** What is sold; empty while it cannot be read. */
  plans?: Plan[];
}

export function PlanCard({ subscription, plans = [] }: PlanCardProps) {
  if (!subscription.ok) {
    return (
      <Card title="Plan">
        <Unavailable what="Your plan" problem={subscription.problem} />
      </Card>
    );
  }
  const current = subscription.data?.state === "active" ? subscription.data : null;
  if (!current) {
    return (
      <Card title="Plan">
        <p className="mb-4 text-ink-soft">You’re on Free. Pro adds more.</p>
        <ButtonLink to="/app/billing" variant="primary">
          Choose a plan
        </ButtonLink>
      </Card>
    );
  }
  return (
    <Card title="Plan" aside={<TextLink to="/app/billing">Change</TextLink>}>
      <p className="flex flex-wrap items-center gap-3">
        <span className="font-display text-4xl font-bold capitalize">{current.plan}</span>
        <Badge tone="good">Active</Badge>
      </p>
      <p className="mt-3 text-ink-soft">
        {seatsInWords(current.seats)}, billed {INTERVALS[current.interval].toLowerCase()}.
      </p>
      <NextInvoice subscription={current} plans={plans} />
    </Card>
  );
}
