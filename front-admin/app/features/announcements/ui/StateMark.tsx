import type { Announcement, TaskState } from "@dashboard/front/api/types.ts";
import { Badge, type BadgeTone } from "@dashboard/front/ui/badge.tsx";

const STATES: Record<TaskState, { tone: BadgeTone; text: string }> = {
  pending: { tone: "neutral", text: "Waiting" },
  running: { tone: "accent", text: "Sending" },
  succeeded: { tone: "good", text: "Delivered" },
  failed: { tone: "bad", text: "Failed" },
};

export function StateMark({ state }: Pick<Announcement, "state">) {
  const { tone, text } = STATES[state];
  return <Badge tone={tone}>{text}</Badge>;
}

export const isUnderWay = ({ state }: Pick<Announcement, "state">): boolean =>
  state === "pending" || state === "running";
