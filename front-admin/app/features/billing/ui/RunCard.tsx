import type { BillingRun, TaskState } from "@dashboard/front/api/types.ts";
import { Badge, type BadgeTone } from "@dashboard/front/ui/badge.tsx";
import { Card } from "@dashboard/front/ui/card.tsx";
import { Money, Period } from "@dashboard/front/ui/money.tsx";
import { Notice } from "@dashboard/front/ui/notice.tsx";
import { Progress } from "@dashboard/front/ui/progress.tsx";
import { When } from "@dashboard/front/ui/when.tsx";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { isOver, useTask } from "./useTask.ts";

const STATES: Record<TaskState, { tone: BadgeTone; text: string }> = {
  pending: { tone: "neutral", text: "Waiting" },
  running: { tone: "accent", text: "Running" },
  succeeded: { tone: "good", text: "Done" },
  failed: { tone: "bad", text: "Failed" },
};

export function RunCard({ run }: { run: BillingRun }) {
  const { tone, text } = STATES[run.state];
  return (
    <Card
      className="run"
      title={
        <Link to={`/billing/runs/${run.id}`} className="underline decoration-line-strong underline-offset-4">
          <Period period={run.period} />
        </Link>
      }
      aside={
        <span className="flex flex-wrap gap-2">
          {run.dry_run && <Badge>Dry run</Badge>}
          <Badge tone={tone}>{text}</Badge>
        </span>
      }
    >
      {isOver(run.state) ? <Results run={run} /> : <Running run={run} />}
      <p className="mt-4 text-sm text-ink-faint">
        {run.requested_by ? "Started by hand on" : "Started by the schedule on"} <When at={run.created_at} />
        {run.finished_at && (
          <>
            , finished on <When at={run.finished_at} />
          </>
        )}
      </p>
    </Card>
  );
}

function Running({ run }: { run: BillingRun }) {
  const task = useTask(run.task_id);
  const stored = run.due > 0 ? run.processed / run.due : 0;
  return <Progress value={Math.max(task?.progress ?? 0, stored)} label="Progress of the run" />;
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
          <Notice tone="bad" title="The run stopped before its end.">
            {run.error} Start it again: what is done stays done.
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
