/** The actions of the forms of the billing page: what is chosen is reviewed first, and then taken. */
import { attempt } from "@dashboard/front/api/part.server.ts";
import type { Problem, Subscription } from "@dashboard/front/api/types.ts";
import { redirectWithFlash } from "@dashboard/front/feedback/flash.server.ts";
import { text } from "@dashboard/front/forms/values.ts";
import type { UserSession } from "@dashboard/front/session/session.server.ts";
import { data } from "react-router";
import { cancelSubscription, changeSubscription, subscribe } from "./billing.server.ts";
import { planName, readTerms, seatsProblem, type Terms } from "./terms.ts";

const PAGE = "/app/billing";
const UPDATED = "Plan updated.";
const CANCELED = "Plan canceled. You’re back on Free.";
const onPlan = (plan: string) => `You’re on ${planName(plan)}.`;

/** `terms` are those that were chosen; with `problem` they were refused, at the plan or in its review. */
export interface Answer {
  at: "plan" | "review" | "cancel";
  terms?: Terms;
  /** Of the subscription that was seen when they were chosen; empty for a new one. */
  version?: string;
  problem?: Problem;
}

const refuse = (answer: Answer & { problem: Problem }) => data<Answer>(answer, { status: answer.problem.status });

/** What would be taken, and what it costs, to be confirmed. */
export function review(form: FormData) {
  const terms = readTerms(form);
  const problem = seatsProblem(terms);
  if (problem) return refuse({ at: "plan", terms, problem });
  const answer: Answer = { at: "review", terms, version: text(form, "version") };
  return answer;
}

/** A form with a version changes the running subscription; one without starts a new one. */
export async function choosePlan(session: UserSession, form: FormData) {
  const terms = readTerms(form);
  const version = text(form, "version");
  const call: Promise<Subscription> = version ? changeSubscription(session, terms, version) : subscribe(session, terms);
  const result = await attempt(call);
  if (!result.ok) return refuse({ at: "review", terms, version, problem: result.problem });
  throw redirectWithFlash(session, PAGE, version ? UPDATED : onPlan(terms.plan));
}

export async function cancelPlan(session: UserSession, form: FormData) {
  const result = await attempt(cancelSubscription(session, text(form, "version")));
  if (!result.ok) return refuse({ at: "cancel", problem: result.problem });
  throw redirectWithFlash(session, PAGE, CANCELED);
}
