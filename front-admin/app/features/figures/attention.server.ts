/** What an operator should look at, worst first: each a sentence, with a link for those who may follow it. */
import type { Figures, RouteFigures, ServiceState } from "@dashboard/front/api/types.ts";
import { formatDuration, formatPeriod } from "@dashboard/front/format/format.ts";

export interface Attention {
  tone: "bad" | "warn";
  text: string;
  link?: { to: string; label: string };
}

type May = (permission: string) => boolean;
/** So many seconds an event may wait to be published. */
const LONG_SECONDS = 60;
/** From this share of failed requests on. */
const MANY_FAILED = 0.01;

/** `figures` and `services` are null while they cannot be had, which is said elsewhere. */
export function attentions(figures: Figures | null, services: ServiceState[] | null, may: May): Attention[] {
  const found = [
    ...downServices(services ?? []),
    ...(figures ? [...undelivered(figures, may), ...failedRuns(figures, may), ...requests(figures, may)] : []),
  ];
  return found.sort((one, other) => Number(one.tone === "warn") - Number(other.tone === "warn"));
}

function downServices(services: ServiceState[]): Attention[] {
  return services
    .filter(({ condition }) => condition === "down")
    .map(({ name, does }) => ({ tone: "bad", text: `${name} isn’t responding (${does}).` }));
}

function undelivered({ backlog }: Figures, may: May): Attention[] {
  const at = (kind: string, label: string) => linked(may("events:read"), `/events?kind=${kind}`, label);
  const found: Attention[] = [];
  const dead = backlog.dead_letters ?? 0;
  const unsent = backlog.unsent ?? 0;
  const waiting = backlog.waiting ?? 0;
  if (dead > 0)
    found.push({ tone: "bad", text: `${events(dead)} could not be handled.`, ...at("dead", "Dead letters") });
  if (unsent > 0)
    found.push({ tone: "bad", text: `${events(unsent)} could not be published.`, ...at("unsent", "Unsent events") });
  if (waiting > 0)
    found.push({
      tone: "warn",
      text: `${events(waiting)} ${waiting === 1 ? "waits" : "wait"} for a service that is down.`,
      ...at("waiting", "Waiting events"),
    });
  if ((backlog.oldest_seconds ?? 0) > LONG_SECONDS)
    found.push({
      tone: "warn",
      text: `Events have waited ${Math.round((backlog.oldest_seconds ?? 0) / 60)} min to be published.`,
    });
  return found;
}

function failedRuns({ failed_runs }: Figures, may: May): Attention[] {
  return (failed_runs ?? []).map(({ period, error }) => ({
    tone: "bad",
    text: `The billing run of ${formatPeriod(period, "en")} failed${error ? `: ${error}` : "."}`,
    ...linked(may("billing:read"), "/billing", "Billing runs"),
  }));
}

function requests({ requests, slow_routes }: Figures, may: May): Attention[] {
  const mayRead = may("traces:read");
  const slow = (slow_routes ?? []).map(
    (route): Attention => ({
      tone: "warn",
      text: slowness(route),
      ...linked(mayRead, "/traces?slower=500", "Slow requests"),
    }),
  );
  if (!requests || requests.failed < Math.max(1, requests.requests * MANY_FAILED)) return slow;
  const text = `${requests.failed.toLocaleString("en")} of ${requests.requests.toLocaleString("en")} traced requests failed in the last 24 hours.`;
  return [{ tone: "bad", text, ...linked(mayRead, "/traces?failed=true", "Failed requests") }, ...slow];
}

const slowness = ({ name, service, p95_ms }: RouteFigures) =>
  `${name} in ${service} is slow: 5 % of its requests took longer than ${formatDuration(p95_ms)}.`;

const events = (count: number) => (count === 1 ? "1 event" : `${count.toLocaleString("en")} events`);

const linked = (may: boolean, to: string, label: string) => (may ? { link: { to, label } } : {});
