/** How loaders and actions turn refused calls into pages. */
import { data } from "react-router";
import { isUnavailable, type Part, ProblemError } from "./problem.ts";

/** For actions: the answer, or the problem to show at the form. */
export async function attempt<Answer>(answer: Promise<Answer>): Promise<Part<Answer>> {
  try {
    return { ok: true, data: await answer };
  } catch (error) {
    if (error instanceof ProblemError) return { ok: false, problem: error.problem };
    throw error;
  }
}

/** For loaders: the answer, or why it is not there now. Anything else (403, 404 ...) becomes the error page. */
export async function part<Answer>(answer: Promise<Answer>): Promise<Part<Answer>> {
  const result = await attempt(answer);
  if (!result.ok && !isUnavailable(result.problem)) throw data(result.problem, { status: result.problem.status });
  return result;
}

/** `null` instead of a 404. */
export async function orNull<Answer>(answer: Promise<Answer>): Promise<Answer | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ProblemError && error.problem.status === 404) return null;
    throw error;
  }
}
