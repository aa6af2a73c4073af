/** How the loader of a list asks for it. */
import { data, redirect } from "react-router";
import { attempt } from "../api/part.server.ts";
import { isUnavailable, type Part } from "../api/problem.ts";

/** The list, or why there is none: its service is away, or a filter of the address is refused. Anything else is the error page. */
export async function listed<Answer>(answer: Promise<Answer>): Promise<Part<Answer>> {
  const result = await attempt(answer);
  if (result.ok || isUnavailable(result.problem) || result.problem.status === 422) return result;
  throw data(result.problem, { status: result.problem.status });
}

/** A form without a script sends its blank fields as well: leads to the address without them. */
export function tidy(url: URL): void {
  const blank = [...url.searchParams].filter(([, value]) => value.trim() === "");
  if (blank.length === 0) return;
  for (const [name] of blank) url.searchParams.delete(name);
  throw redirect(url.pathname + url.search);
}
