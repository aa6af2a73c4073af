import type { Subscription } from "@dashboard/front/api/types.ts";
import { Badge } from "@dashboard/front/ui/badge.tsx";
import { Button, SubmitButton } from "@dashboard/front/ui/button.tsx";
import { Dialog } from "@dashboard/front/ui/dialog.tsx";
import { When } from "@dashboard/front/ui/when.tsx";
import { Form } from "react-router";

export function CurrentPlan({ subscription }: { subscription: Subscription }) {
  const { plan, seats, interval, next_due_on, version } = subscription;
  return (
    <section
      aria-label="Your plan"
      className="current-plan flex flex-wrap items-center justify-between gap-5 rounded-card border border-line bg-accent-soft p-5 sm:p-6"
    >
      <div>
        <p className="flex items-center gap-3">
          <strong className="font-display text-4xl capitalize">{plan}</strong>
          <Badge tone="good">Active</Badge>
        </p>
        <p className="mt-2">
          {seats === 1 ? "One seat" : `${seats} seats`}, billed by the {interval}
          {next_due_on && (
            <>
              , next period from <When at={next_due_on} dateOnly />
            </>
          )}
          .
        </p>
      </div>
      <Form method="post">
        <input type="hidden" name="version" value={version} />
        <Button variant="danger" command="show-modal" commandfor="cancel-plan">
          Cancel plan …
        </Button>
        <Dialog
          id="cancel-plan"
          title="Cancel your plan?"
          dismiss="Keep the plan"
          actions={
            <SubmitButton intent="cancel" variant="danger" pending="Canceling …">
              Cancel the plan
            </SubmitButton>
          }
        >
          <p>
            There will be no further invoices. Those you have stay here, and you can choose a plan again at any time.
          </p>
        </Dialog>
      </Form>
    </section>
  );
}
