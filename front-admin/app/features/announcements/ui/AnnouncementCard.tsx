import type { Announcement, TaskState } from "@dashboard/front/api/types.ts";
import { Badge, type BadgeTone } from "@dashboard/front/ui/badge.tsx";
import { Progress } from "@dashboard/front/ui/progress.tsx";
import { When } from "@dashboard/front/ui/when.tsx";
import { describeAudience, people } from "../draft.ts";

const STATES: Record<TaskState, { tone: BadgeTone; text: string }> = {
  pending: { tone: "neutral", text: "Waiting" },
  running: { tone: "accent", text: "On its way" },
  succeeded: { tone: "good", text: "Delivered" },
  failed: { tone: "bad", text: "Stopped" },
};

export const isUnderWay = ({ state }: Announcement): boolean => state === "pending" || state === "running";

export function AnnouncementCard({ announcement }: { announcement: Announcement }) {
  const { title, body, audience, state, recipients, delivered, created_at, finished_at } = announcement;
  const { tone, text } = STATES[state];
  return (
    <article className="announcement rounded-card border border-line bg-surface p-5 shadow-card">
      <div className="flex items-start justify-between gap-4">
        <h3 className="min-w-0 text-lg wrap-anywhere">{title}</h3>
        <Badge tone={tone}>{text}</Badge>
      </div>
      <p className="mt-1 line-clamp-3 whitespace-pre-line text-ink-soft wrap-anywhere">{body}</p>
      {isUnderWay(announcement) && (
        <div className="mt-3">
          <Progress value={recipients > 0 ? delivered / recipients : 0} label="Delivered so far" />
        </div>
      )}
      <p className="mt-3 text-sm text-ink-soft">
        {describeAudience(audience)}: <strong className="tabular-nums">{delivered.toLocaleString("en")}</strong> of{" "}
        {people(recipients)}
      </p>
      <p className="text-sm text-ink-faint">
        <When at={created_at} />
        {finished_at && (
          <>
            , finished on <When at={finished_at} />
          </>
        )}
      </p>
    </article>
  );
}
