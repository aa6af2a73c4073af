import type { Figures } from "@dashboard/front/api/types.ts";
import { DeltaChip } from "@dashboard/front/chart/delta.tsx";
import { Sparkline } from "@dashboard/front/chart/line.tsx";
import { formatDuration } from "@dashboard/front/format/format.ts";
import { Money } from "@dashboard/front/ui/money.tsx";
import type { ReactNode } from "react";
import { countsOf } from "../points.ts";

const count = (value: number) => value.toLocaleString("en");

/** Six figures, each with its change over the period before where one is kept. */
export function FigureCards({ figures, days }: { figures: Figures; days: number }) {
  const { sign_ups, active_people, revenue, requests, backlog } = figures;
  const than = `the ${days} days before`;
  const waiting = [backlog.outbox, backlog.streams].filter((value) => typeof value === "number");
  return (
    <dl className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
      <Figure name="Sign-ups" missing={!sign_ups}>
        {sign_ups && (
          <>
            <Value chip={<DeltaChip now={sign_ups.total} before={sign_ups.before} better="more" than={than} />}>
              {count(sign_ups.total)}
            </Value>
            <Sparkline points={countsOf(sign_ups.days)} />
          </>
        )}
      </Figure>
      <Figure name="Active people a day" missing={!active_people}>
        {active_people && (
          <>
            <Value
              chip={<DeltaChip now={active_people.total} before={active_people.before} better="more" than={than} />}
            >
              {(active_people.total / days).toLocaleString("en", { maximumFractionDigits: 1 })}
            </Value>
            <Sparkline points={countsOf(active_people.days)} />
          </>
        )}
      </Figure>
      {revenue && (
        <Figure name="Invoiced" missing={false} hint="per currency">
          {revenue.totals.length === 0 && <Value>Nothing</Value>}
          {revenue.totals.map(({ currency, amount_minor, before_minor }) => (
            <Value
              key={currency}
              chip={<DeltaChip now={amount_minor} before={before_minor} better="more" than={than} />}
            >
              <Money minor={amount_minor} currency={currency} />
            </Value>
          ))}
        </Figure>
      )}
      <Figure name="Traced requests" missing={!requests} hint="last 24 hours">
        {requests && <Value>{count(requests.requests)}</Value>}
        {requests && <Sparkline points={requests.hours.map(({ at, requests }) => ({ name: at, value: requests }))} />}
      </Figure>
      <Figure name="Response time, p95" missing={!requests} hint="last 24 hours">
        {requests && <Value>{requests.requests > 0 ? formatDuration(requests.p95_ms) : "–"}</Value>}
        {requests && (
          <Sparkline
            points={requests.hours.map(({ at, requests, p95_ms }) => ({ name: at, value: requests ? p95_ms : null }))}
          />
        )}
      </Figure>
      <Figure name="Waiting events" missing={waiting.length === 0} hint="outbox and streams, now">
        {waiting.length > 0 && <Value>{count(waiting.reduce((sum, value) => sum + value, 0))}</Value>}
      </Figure>
    </dl>
  );
}

interface FigureProps {
  name: string;
  hint?: string;
  missing: boolean;
  children: ReactNode;
}

function Figure({ name, hint, missing, children }: FigureProps) {
  return (
    <div className="figure min-w-0 rounded-card border border-line bg-surface p-5 shadow-card">
      <dt className="flex flex-wrap justify-between gap-x-3 text-sm">
        <span className="font-semibold text-ink-soft">{name}</span>
        {hint && <span className="text-ink-faint">{hint}</span>}
      </dt>
      <dd className="mt-1 grid gap-2">
        {missing ? <span className="text-ink-soft">Not available right now.</span> : children}
      </dd>
    </div>
  );
}

function Value({ chip, children }: { chip?: ReactNode; children: ReactNode }) {
  return (
    <span className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
      <span className="font-display text-3xl font-bold tabular-nums">{children}</span>
      {chip}
    </span>
  );
}
