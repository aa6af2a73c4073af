/** Errors of the services behind us, as values that a page can show. */
import type { Problem } from "./types.ts";

/** A service answered with a problem, or did not answer at all. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.status} ${problem.title}`);
    this.problem = problem;
  }
}

/** One part of a page: its data, or why it cannot be shown now. A page with a missing part still renders. */
export type Part<Data> = { ok: true; data: Data } | { ok: false; problem: Problem };

export const isUnavailable = (problem: Problem): boolean => problem.status >= 500;

export function unavailable(dependency: string, detail: string): Problem {
  return { type: "urn:tools-dashboard:problem:unavailable", title: "Unavailable", status: 503, detail, dependency };
}

/** A body of more than `limit` bytes, or of more fields than any form has. */
export function tooLarge(limit: number): Problem {
  const most = limit < 1_000_000 ? `${Math.floor(limit / 1_000)} kB` : `${limit / 1_000_000} MB`;
  const detail = `A form may have at most ${most}. Go back and send a shorter text, a smaller file or fewer fields.`;
  return { type: "urn:tools-dashboard:problem:payload-too-large", title: "Too large", status: 413, detail };
}

/** What the field `name` is refused for; empty when it is fine. */
export function fieldErrors(problem: Problem | undefined, name: string): string[] {
  return (problem?.errors ?? []).filter(({ field }) => field === name).map(({ message }) => message);
}
