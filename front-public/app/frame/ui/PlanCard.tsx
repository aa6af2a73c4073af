import type { Part } from "@dashboard/front/api/problem.ts";
import type { Subscription } from "@dashboard/front/api/types.ts";
import { Badge } from "@dashboard/front/ui/badge.tsx";
import { ButtonLink } from "@dashboard/front/ui/button.tsx";
import { Card } from "@dashboard/front/ui/card.tsx";
import { TextLink } from "@dashboard/front/ui/text-link.tsx";
import { Unavailable } from "@dashboard/front/ui/unavailable.tsx";
import { When } from "@dashboard/front/ui/when.tsx";

export function PlanCard({ subscription }: { subscription: Part<Subscription | null> }) {
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
        <p className="mb-4 text-ink-soft">You have no plan at the moment. The free one costs nothing.</p>
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
        {current.seats === 1 ? "One seat" : `${current.seats} seats`}, billed by the {current.interval}.
      </p>
      {current.next_due_on && (
        <p className="text-sm text-ink-faint">
          Next period from <When at={current.next_due_on} dateOnly />
        </p>
      )}
    </Card>
  );
}
