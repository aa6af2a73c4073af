import type { Part } from "@dashboard/front/api/problem.ts";
import type { EventStreams, StoreMemory } from "@dashboard/front/api/types.ts";
import { cx } from "@dashboard/front/ui/cx.ts";
import { Notice } from "@dashboard/front/ui/notice.tsx";
import { Link } from "react-router";
import { formatAge, isLong } from "../age.ts";

/** From this share of its memory on, back-redis calls for attention. */
const NEARLY_FULL = 0.9;

/** The figures that say whether anything is wrong. */
export function Overview({ streams }: { streams: Part<EventStreams> }) {
  if (!streams.ok) return null;
  const { outbox, dead_letters, aside, memory } = streams.data;
  const held = streams.data.waiting ?? 0;
  const unsent = outbox.dead ?? 0;
  const waiting = outbox.pending > 0 ? `oldest: ${formatAge(outbox.oldest_seconds)}` : "all published";
  const hint = unsent > 0 ? `${unsent.toLocaleString("en")} could not be sent` : waiting;
  return (
    <>
      {memory && <Fullness memory={memory} />}
      <dl className="grid grid-cols-2 gap-3 sm:gap-4 lg:grid-cols-4">
        <Figure
          name="Unpublished"
          value={outbox.pending}
          hint={hint}
          warns={isLong(outbox.oldest_seconds) || unsent > 0}
          to={unsent > 0 ? "?kind=unsent#letters" : undefined}
        />
        <Figure
          name="Dead letters"
          value={dead_letters}
          hint="failed after all retries"
          warns={dead_letters > 0}
          to="?#letters"
        />
        <Figure
          name="Waiting"
          value={held}
          hint="for a service that is down"
          warns={held > 0}
          to="?kind=waiting#letters"
        />
        <Figure
          name="Parked"
          value={aside}
          hint="consumer too old or switched off"
          warns={aside > 0}
          to="?kind=aside#letters"
        />
      </dl>
    </>
  );
}

function Fullness({ memory: { used_bytes, limit_bytes } }: { memory: StoreMemory }) {
  const share = limit_bytes > 0 ? used_bytes / limit_bytes : 0;
  if (share < NEARLY_FULL) return null;
  const percent = Math.round(share * 100);
  return (
    <Notice tone="warn" title={`The event store is ${percent} % full`}>
      When it is full, new events wait in the outbox, and some actions are unavailable; sessions can still be ended.
      Find the stream that grows below and repair its consumer, or raise maxmemory in back-redis/redis.conf.
    </Notice>
  );
}

interface FigureProps {
  name: string;
  value: number;
  hint: string;
  warns: boolean;
  /** Where what was counted is listed. */
  to?: string;
}

function Figure({ name, value, hint, warns, to }: FigureProps) {
  return (
    <div
      className={cx(
        "rounded-card border p-4 shadow-card",
        warns ? "border-warn bg-warn-soft" : "border-line bg-surface",
      )}
    >
      <dt className={cx("text-sm font-semibold", warns ? "text-warn" : "text-ink-soft")}>
        {to ? (
          <Link to={to} className="underline underline-offset-3">
            {name}
          </Link>
        ) : (
          name
        )}
      </dt>
      <dd>
        <span className="block font-display text-3xl font-bold tabular-nums">{value.toLocaleString("en")}</span>
        <span className="text-sm text-ink-soft">{hint}</span>
      </dd>
    </div>
  );
}
