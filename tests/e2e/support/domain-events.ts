/** Brings about what the event monitor is for, on the running stack, with the logins of its services. */
import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { SECRETS } from "./addresses.ts";

const ROOT = resolve(import.meta.dirname, "../../..");

export interface Event {
  id: string;
  type: string;
  aggregate_id: string;
  user_id: string;
  occurred_at: string;
  correlation_id: string;
  data: Record<string, unknown>;
}

export function event(type: string, userId: string, data: Record<string, unknown>): Event {
  const id = newId();
  const occurred_at = new Date().toISOString();
  return { id, type, aggregate_id: userId, user_id: userId, occurred_at, correlation_id: id, data };
}

/** A UUIDv7, as events have it. */
function newId(): string {
  const time = Date.now().toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${crypto.randomUUID().slice(15)}`;
}

/** Puts an event in front of one group, which fails with it if it is poisonous, and makes it a dead letter after its last attempt. */
export const handTo = (group: string, event: Event) =>
  append(`events:replay:${group}`, { event: JSON.stringify(event) });

/** The dead letter that `group` writes when it gives an event up. */
export function deadLetter(group: string, event: Event, error: string): void {
  const stream = `events:${event.type.split(".")[0]}`;
  const fields = { event: JSON.stringify(event), stream, entry: `${Date.now()}-0`, group, error, deliveries: "5" };
  append("events:dead", fields);
}

/** In the outbox, as a relay leaves it after its last attempt. */
export const leaveUnsent = (event: Event) => run(["tests.outbox"], event);

const append = (stream: string, fields: Record<string, string>) => run(["tests.streams", "back-api", stream], fields);

/** A module of the tests, with `input` as JSON. */
function run(module: string[], input: object): void {
  execFileSync(".venv/bin/python", ["-m", ...module], {
    cwd: ROOT,
    env: { ...process.env, E2E_SECRETS: SECRETS },
    input: JSON.stringify(input),
  });
}
