import type { BillingRun } from "@dashboard/front/api/types.ts";
import { Ago } from "@dashboard/front/table/ago.tsx";
import { Badge } from "@dashboard/front/ui/badge.tsx";
import { Card } from "@dashboard/front/ui/card.tsx";
import { Money } from "@dashboard/front/ui/money.tsx";
import { Notice } from "@dashboard/front/ui/notice.tsx";
import type { ReactNode } from "react";
import { RunProgress, StartedBy, StateMark } from "./RunMarks.tsx";
import { isOver } from "./useTask.ts";

export function RunCard({ run }: { run: BillingRun }) {
  return (
    <Card
      className="run"
      title={run.dry_run ? "Preview" : "Result"}
      aside={
        <span className="flex flex-wrap gap-2">
          {run.dry_run && <Badge>Issues nothing</Badge>}
          <StateMark state={run.state} />
        </span>
      }
    >
      {isOver(run.state) ? <Results run={run} /> : <RunProgress run={run} />}
      <p className="mt-4 text-sm text-ink-faint">
        {run.requested_by ? (
          <>
            Started manually by <StartedBy requested_by={run.requested_by} />
          </>
        ) : (
          "Started automatically"
        )}{" "}
        <Ago at={run.created_at} />
        {run.finished_at && (
          <>
            , finished <Ago at={run.finished_at} />
          </>
        )}
      </p>
    </Card>
  );
}

function Results({ run }: { run: BillingRun }) {
  const totals = Object.entries(run.total_minor);
  return (
    <>
      <dl className="flex flex-wrap gap-x-10 gap-y-3">
        <Figure name="Due">{run.due}</Figure>
        <Figure name="Processed">{run.processed}</Figure>
        <Figure name={run.dry_run ? "Would be issued" : "Invoices issued"}>{run.invoices}</Figure>
        {totals.map(([currency, minor]) => (
          <Figure key={currency} name={`Total ${currency}`}>
            <Money minor={minor} currency={currency} />
          </Figure>
        ))}
      </dl>
      {run.error && (
        <div className="mt-4">
          <Notice tone="bad" title="The run stopped early">
            {run.error} Start it again. Invoices that exist are not issued twice.
          </Notice>
        </div>
      )}
    </>
  );
}

function Figure({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-sm text-ink-faint">{name}</dt>
      <dd className="font-display text-2xl font-semibold tabular-nums">{children}</dd>
    </div>
  );
}
