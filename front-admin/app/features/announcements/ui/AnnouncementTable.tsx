import type { Announcement, TaskState } from "@dashboard/front/api/types.ts";
import { Ago } from "@dashboard/front/table/ago.tsx";
import { Badge, type BadgeTone } from "@dashboard/front/ui/badge.tsx";
import { Progress } from "@dashboard/front/ui/progress.tsx";
import { Link } from "react-router";
import { describeAudience, people } from "../draft.ts";

const STATES: Record<TaskState, { tone: BadgeTone; text: string }> = {
  pending: { tone: "neutral", text: "Waiting" },
  running: { tone: "accent", text: "On its way" },
  succeeded: { tone: "good", text: "Delivered" },
  failed: { tone: "bad", text: "Stopped" },
};

export function StateMark({ state }: Pick<Announcement, "state">) {
  const { tone, text } = STATES[state];
  return <Badge tone={tone}>{text}</Badge>;
}

export const isUnderWay = ({ state }: Announcement): boolean => state === "pending" || state === "running";

export function AnnouncementCard({ announcement }: { announcement: Announcement }) {
  const { title, body, audience, state, recipients, delivered, created_at, finished_at } = announcement;
  return (
    <article className="announcement rounded-card border border-line bg-surface p-5 shadow-card">
      <div className="flex items-start justify-between gap-4">
        <h3 dir="auto" className="min-w-0 text-lg wrap-anywhere">
          <Link
            to={`/announcements/${announcement.id}`}
            className="underline decoration-line-strong underline-offset-4"
          >
            {title}
          </Link>
        </h3>
        <StateMark state={state} />
      </div>
      <p dir="auto" className="mt-1 line-clamp-3 whitespace-pre-line text-ink-soft wrap-anywhere">
        {body}
      </p>
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
        <Ago at={created_at} />
        {finished_at && (
          <>
            , finished <Ago at={finished_at} />
          </>
        )}
      </p>
    </article>
  );
}
