/** Decides which traces are kept, by the rules of shared/chassis/tracing/retention.py. */

const BURST_SECONDS = 30;
const INTERESTING_A_SECOND = 20;
const REFUSED_A_SECOND = 2;

export interface TracePolicy {
  /** The share of requests whose trace is kept whatever becomes of them, 0 to 1. */
  sample: number;
  /** How many of the others are kept in a second, on the average. */
  perSecond: number;
  /** From how many milliseconds on a request is kept for being slow. */
  slowMilliseconds: number;
}

/** A token bucket: so many a second on the average, and a burst after a quiet time. */
export class Budget {
  readonly #rate: number;
  #left: number;
  #at = performance.now();

  constructor(perSecond: number) {
    this.#rate = perSecond;
    this.#left = perSecond * BURST_SECONDS;
  }

  /** Whether one more is within the budget. */
  take(): boolean {
    const now = performance.now();
    const filled = this.#left + ((now - this.#at) / 1_000) * this.#rate;
    this.#left = Math.min(this.#rate * BURST_SECONDS, filled);
    this.#at = now;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}

export class Retention {
  readonly #policy: TracePolicy;
  readonly #ordinary: Budget;
  readonly #asked = new Budget(INTERESTING_A_SECOND);
  readonly #failed = new Budget(INTERESTING_A_SECOND);
  readonly #slow = new Budget(INTERESTING_A_SECOND);
  readonly #refused = new Budget(REFUSED_A_SECOND);

  constructor(policy: TracePolicy) {
    this.#policy = policy;
    this.#ordinary = new Budget(policy.perSecond);
  }

  /** Whether a trace is kept whatever its outcome. `asked`: the client has chosen its correlation id. */
  isSampled(asked: boolean): boolean {
    return Math.random() < this.#policy.sample || (asked && this.#asked.take()) || this.#ordinary.take();
  }

  /** Whether a request that has ended is worth keeping; `failed`: it, or something that it called. */
  isWorth(status: number, failed: boolean, milliseconds: number): boolean {
    if (failed) return this.#failed.take();
    if (status >= 400) return this.#refused.take();
    return milliseconds >= this.#policy.slowMilliseconds && this.#slow.take();
  }
}
