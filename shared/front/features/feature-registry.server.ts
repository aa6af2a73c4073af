/** Whether a feature is on for the caller (guide: "Deployment"); asks back-api once per request. */
import { AsyncLocalStorage } from "node:async_hooks";
import { ProblemError } from "../api/problem.ts";
import type { FlagState, Items } from "../api/types.ts";
import { log } from "../server/log.ts";
import type { UserSession } from "../session/session.server.ts";
import { FLAGS } from "./flags.ts";

/** Less than the second within which a change shows. */
const KEPT_MILLISECONDS = 500;
const MOST_KEPT = 5_000;

type States = ReadonlyMap<string, boolean>;
type Caller = Pick<UserSession, "api" | "accessToken">;

const requests = new AsyncLocalStorage<{ caller: Caller; states?: Promise<States> }>();
/** By access token; the answer stays known for the time when back-api does not answer. */
const kept = new Map<string, { at: number; states: Promise<States> }>();
const defaults = new Map(Object.values(FLAGS).map((flag) => [flag.name, flag.default]));

export const featureRegistry = {
  /**
   * For loaders, actions and middleware. While back-api does not answer, what it said last to this caller holds, else the
   * contract's default.
   *
   * Throws when no contract declares `flag`: a mistake in the code that asks.
   */
  async isEnabled(flag: string): Promise<boolean> {
    const fallback = defaults.get(flag);
    if (fallback === undefined) throw new Error(`No contract declares the feature flag ${flag}.`);
    const request = requests.getStore();
    if (!request) throw new Error("Feature flags are asked for while a request is answered.");
    request.states ??= statesFor(request.caller);
    return (await request.states).get(flag) ?? fallback;
  },

  /** Those of the pages `entries` that are not behind a flag which is off; asks nobody when none is behind one. */
  async visible<Entry extends { flag?: string }>(entries: readonly Entry[]): Promise<Entry[]> {
    const shown = await Promise.all(entries.map(({ flag }) => (flag ? this.isEnabled(flag) : true)));
    return entries.filter((_, at) => shown[at]);
  },
};

/** What `run` returns; flags asked for meanwhile are those of `caller`. */
export function withFlagsOf<Result>(caller: Caller, run: () => Promise<Result>): Promise<Result> {
  return requests.run({ caller }, run);
}

function statesFor(caller: Caller): Promise<States> {
  const token = caller.accessToken ?? "";
  const known = kept.get(token);
  if (known && Date.now() - known.at < KEPT_MILLISECONDS) return known.states;
  const states = read(caller).catch((error: unknown) => {
    if (!(error instanceof ProblemError)) throw error;
    log.warning("feature flags not read; the last known ones hold", { why: error.message });
    return known?.states ?? new Map<string, boolean>();
  });
  kept.delete(token);
  kept.set(token, { at: Date.now(), states });
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  return states;
}

async function read(caller: Caller): Promise<States> {
  const { items } = await readStates(caller);
  return new Map(items.map(({ name, enabled }) => [name, enabled]));
}

/** What is on for `caller`. */
export function readStates(caller: Caller): Promise<Items<FlagState>> {
  return caller.api.get("/api/feature-flags");
}
