import type { Figures, RequestFigures, Revenue } from "@dashboard/front/api/types.ts";
import { Bars, StackedBars } from "@dashboard/front/chart/bars.tsx";
import { Area } from "@dashboard/front/chart/line.tsx";
import { UptimeStrip } from "@dashboard/front/chart/strip.tsx";
import { formatDuration, formatMoney } from "@dashboard/front/format/format.ts";
import { Card } from "@dashboard/front/ui/card.tsx";
import { TextLink } from "@dashboard/front/ui/text-link.tsx";
import { conditionsOf, countsOf, hourName, revenueOf } from "../points.ts";

/** What a store that is away would have shown is left out; the figures above say so. */
export function Charts({ figures, mayTrace }: { figures: Figures; mayTrace: boolean }) {
  const { sign_ups, active_people, revenue, requests } = figures;
  return (
    <div className="grid gap-6 lg:grid-cols-2">
      {sign_ups && (
        <Card title="Sign-ups" aside={<TextLink to="/users">All users</TextLink>}>
          <Bars label="Sign-ups a day" points={countsOf(sign_ups.days)} />
        </Card>
      )}
      {active_people && (
        <Card title="Active people" aside={<span className="text-sm text-ink-faint">logged in that day</span>}>
          <Area label="Active people a day" points={countsOf(active_people.days)} />
        </Card>
      )}
      {requests && <Requests requests={requests} mayTrace={mayTrace} />}
      {revenue && <Invoiced revenue={revenue} />}
    </div>
  );
}

function Requests({ requests: { hours }, mayTrace }: { requests: RequestFigures; mayTrace: boolean }) {
  const names = hours.map(({ at }) => hourName(at));
  const series = [
    { name: "Answered", tone: "accent" as const, values: hours.map(({ requests, failed }) => requests - failed) },
    { name: "Failed", tone: "bad" as const, values: hours.map(({ failed }) => failed) },
  ];
  const durations = hours.map(({ at, requests, p95_ms }) => ({ name: hourName(at), value: requests ? p95_ms : null }));
  return (
    <>
      <Card title="Requests, 24 hours" aside={mayTrace && <TextLink to="/traces">Traces</TextLink>}>
        <StackedBars label="Traced requests an hour" names={names} series={series} />
        {hours.some(({ capped }) => capped) && (
          <p className="mt-2 text-sm text-ink-faint">In busy hours only the newest 2,000 requests are counted.</p>
        )}
      </Card>
      <Card title="Response time" aside={<span className="text-sm text-ink-faint">95 % of requests were faster</span>}>
        <Area label="Response time, p95" points={durations} format={axisDuration} whole={false} />
        <h3 className="mt-4 mb-2 text-base">Hours without a failure</h3>
        <UptimeStrip label="Failures by hour" cells={conditionsOf(hours)} />
      </Card>
    </>
  );
}

/** A chart for each currency: amounts of two of them have no common axis. */
function Invoiced({ revenue }: { revenue: Revenue }) {
  const byCurrency = revenueOf(revenue.months);
  return byCurrency.map(({ currency, points }) => (
    <Card key={currency} title={`Invoiced in ${currency}`} aside={<TextLink to="/billing">Billing runs</TextLink>}>
      <Bars
        label={`Invoiced a month in ${currency}`}
        points={points}
        format={(minor) => formatMoney(minor, currency, "en").replace(/\.00$/, "")}
      />
    </Card>
  ));
}

const axisDuration = (milliseconds: number) =>
  milliseconds === 0 ? "0" : milliseconds >= 1_000 ? formatDuration(milliseconds) : `${Math.round(milliseconds)} ms`;
