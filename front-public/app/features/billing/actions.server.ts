/** The actions of the forms of the billing page. */
import { attempt } from "@dashboard/front/api/part.server.ts";
import type { Problem, Subscription } from "@dashboard/front/api/types.ts";
import { text } from "@dashboard/front/forms/values.ts";
import type { UserSession } from "@dashboard/front/session/session.server.ts";
import { data, redirect } from "react-router";
import { type Choice, cancelSubscription, changeSubscription, subscribe } from "./billing.server.ts";

function readChoice(form: FormData): Choice {
  return {
    plan: text(form, "plan") as Choice["plan"],
    interval: (text(form, "interval") || "month") as Choice["interval"],
    currency: (text(form, "currency") || "EUR") as Choice["currency"],
    seats: Number(text(form, "seats") || 1),
  };
}

const refuse = (problem: Problem, plan: string) => data({ problem, plan }, { status: problem.status });

/** A form with a version changes the running subscription; one without starts a new one. */
export async function choosePlan(session: UserSession, form: FormData) {
  const choice = readChoice(form);
  const version = text(form, "version");
  const call: Promise<Subscription> = version
    ? changeSubscription(session, choice, version)
    : subscribe(session, choice);
  const result = await attempt(call);
  if (!result.ok) return refuse(result.problem, choice.plan);
  throw redirect(`/app/billing?done=${version ? "changed" : "subscribed"}`);
}

export async function cancelPlan(session: UserSession, form: FormData) {
  const result = await attempt(cancelSubscription(session, text(form, "version")));
  if (!result.ok) return refuse(result.problem, "");
  throw redirect("/app/billing?done=canceled");
}
