import type { Part } from "@dashboard/front/api/problem.ts";
import type { EventStreams } from "@dashboard/front/api/types.ts";
import { cx } from "@dashboard/front/ui/cx.ts";
import { formatAge, isLong } from "../age.ts";

/** The three figures that say whether anything is wrong. */
export function Overview({ streams }: { streams: Part<EventStreams> }) {
  if (!streams.ok) return null;
  const { outbox, dead_letters, aside } = streams.data;
  const unsent = outbox.dead ?? 0;
  const waiting = outbox.pending > 0 ? `the oldest for ${formatAge(outbox.oldest_seconds)}` : "all is published";
  const hint = unsent > 0 ? `and ${unsent.toLocaleString("en")} that could not be sent` : waiting;
  return (
    <dl className="grid grid-cols-1 gap-4 sm:grid-cols-3">
      <Figure
        name="Not yet published"
        value={outbox.pending}
        hint={hint}
        warns={isLong(outbox.oldest_seconds) || unsent > 0}
      />
      <Figure name="Dead letters" value={dead_letters} hint="that nobody could handle" warns={dead_letters > 0} />
      <Figure name="Kept aside" value={aside} hint="newer than their consumer" warns={aside > 0} />
    </dl>
  );
}

interface FigureProps {
  name: string;
  value: number;
  hint: string;
  warns: boolean;
}

function Figure({ name, value, hint, warns }: FigureProps) {
  return (
    <div
      className={cx(
        "rounded-card border p-4 shadow-card",
        warns ? "border-warn bg-warn-soft" : "border-line bg-surface",
      )}
    >
      <dt className={cx("text-sm font-semibold", warns ? "text-warn" : "text-ink-soft")}>{name}</dt>
      <dd>
        <span className="block font-display text-3xl font-bold tabular-nums">{value.toLocaleString("en")}</span>
        <span className="text-sm text-ink-soft">{hint}</span>
      </dd>
    </div>
  );
}
