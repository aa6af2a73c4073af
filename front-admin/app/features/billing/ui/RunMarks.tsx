import type { BillingRun, TaskState } from "@dashboard/front/api/types.ts";
import { IdText } from "@dashboard/front/table/middle.tsx";
import { Badge, type BadgeTone } from "@dashboard/front/ui/badge.tsx";
import { Progress } from "@dashboard/front/ui/progress.tsx";
import { TextLink } from "@dashboard/front/ui/text-link.tsx";
import { useTask } from "./useTask.ts";

const STATES: Record<TaskState, { tone: BadgeTone; text: string }> = {
  pending: { tone: "neutral", text: "Waiting" },
  running: { tone: "accent", text: "Running" },
  succeeded: { tone: "good", text: "Done" },
  failed: { tone: "bad", text: "Failed" },
};

export function StateMark({ state }: Pick<BillingRun, "state">) {
  const { tone, text } = STATES[state];
  return <Badge tone={tone}>{text}</Badge>;
}

/** How far a run is that is under way, as far as its task or its books say. */
export function RunProgress({ run }: { run: BillingRun }) {
  const task = useTask(run.task_id);
  const stored = run.due > 0 ? run.processed / run.due : 0;
  return <Progress value={Math.max(task?.progress ?? 0, stored)} label="Progress of the run" />;
}

export function StartedBy({ requested_by: by }: Pick<BillingRun, "requested_by">) {
  if (!by) return "The schedule";
  return (
    <TextLink to={`/users/${by}`}>
      <IdText of={by} />
    </TextLink>
  );
}
