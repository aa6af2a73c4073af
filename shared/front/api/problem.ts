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

/** What the field `name` is refused for; empty when it is fine. */
export function fieldErrors(problem: Problem | undefined, name: string): string[] {
  return (problem?.errors ?? []).filter(({ field }) => field === name).map(({ message }) => message);
}
