import type { TraceLog } from "@dashboard/front/api/types.ts";
import { formatInstant } from "@dashboard/front/format/format.ts";
import { Badge, type BadgeTone } from "@dashboard/front/ui/badge.tsx";

const TONES: Record<string, BadgeTone> = { warning: "warn", error: "bad", critical: "bad" };

export function LogLines({ logs }: { logs: TraceLog[] }) {
  if (logs.length === 0) return <p className="text-ink-soft">No log lines.</p>;
  const numbered = logs.map((line, number) => ({ line, number })); // lines may be equal, and never move
  return (
    <ol className="log-lines text-sm">
      {numbered.map(({ line, number }) => (
        <li
          key={number}
          className="grid grid-cols-[minmax(0,1fr)] gap-x-4 border-t border-line py-2 first:border-t-0 md:grid-cols-[7rem_9rem_minmax(0,1fr)]"
        >
          <time dateTime={line.at} className="text-ink-faint tabular-nums">
            {formatInstant(line.at)}
          </time>
          <span className="font-semibold">{line.service}</span>
          <p className="min-w-0 wrap-anywhere">
            {line.level !== "info" && (
              <>
                <Badge tone={TONES[line.level] ?? "neutral"}>{line.level}</Badge>{" "}
              </>
            )}
            {line.event}
            {Object.entries(line.fields).map(([name, value]) => (
              <span key={name} className="text-ink-soft">
                {" "}
                {name}=<span className="text-ink">{String(value)}</span>
              </span>
            ))}
          </p>
        </li>
      ))}
    </ol>
  );
}
