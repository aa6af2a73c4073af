/** Prometheus metrics of a front: pages by route and status, and calls of the services behind it. */
import { Counter, collectDefaultMetrics, Histogram, Registry } from "prom-client";

export const registry = new Registry();
// The histogram of the loop's delay is a timer of its own, by default a hundred a second; how late the loop is when somebody asks remains.
collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 60_000 });
for (const figure of ["min", "max", "mean", "stddev", "p50", "p90", "p99"]) {
  registry.removeSingleMetric(`nodejs_eventloop_lag_${figure}_seconds`);
}

const requests = new Counter({
  name: "http_requests_total",
  help: "Requests answered.",
  labelNames: ["method", "route", "status"],
  registers: [registry],
});
const durations = new Histogram({
  name: "http_request_duration_seconds",
  help: "Time to answer, in seconds.",
  labelNames: ["method", "route"],
  registers: [registry],
});
const calls = new Histogram({
  name: "http_client_duration_seconds",
  help: "Time until another service answered, in seconds.",
  labelNames: ["peer", "status"],
  registers: [registry],
});

export const spansLost = new Counter({
  name: "trace_spans_lost_total",
  help: "Spans that were dropped, since too many waited or the disk did not take them.",
  registers: [registry],
});

export function countRequest(method: string, route: string, status: number, seconds: number): void {
  requests.inc({ method, route, status });
  durations.observe({ method, route }, seconds);
}

/** `status` is 0 when the peer did not answer. */
export function countCall(peer: string, status: number, seconds: number): void {
  calls.observe({ peer, status }, seconds);
}
