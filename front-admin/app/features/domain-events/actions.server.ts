/** The actions of the forms of the event monitor. */
import { attempt } from "@dashboard/front/api/part.server.ts";
import type { Part } from "@dashboard/front/api/problem.ts";
import type { DeadLetterKind, Problem } from "@dashboard/front/api/types.ts";
import { text } from "@dashboard/front/forms/values.ts";
import { safeNext } from "@dashboard/front/session/next.ts";
import type { UserSession } from "@dashboard/front/session/session.server.ts";
import { data, redirect } from "react-router";
import { discardLetter, type Replay, replayFrom, replayLetter } from "./domain-events.server.ts";

export interface Refused {
  intent: string;
  problem: Problem;
  replay?: Replay;
}

export const letterKind = (value: FormDataEntryValue | string | null): DeadLetterKind =>
  value === "aside" || value === "unsent" || value === "waiting" ? value : "dead";

export async function changeLetter(session: UserSession, form: FormData, url: URL) {
  const intent = text(form, "intent");
  const change = intent === "discard" ? discardLetter : replayLetter;
  const result = await attempt(change(session, text(form, "id"), letterKind(form.get("kind"))));
  return finish(result, { intent }, url, { done: intent === "discard" ? "discarded" : "replayed" });
}

/** The form names group and stream in one choice, as a group belongs to the streams that it reads. */
export async function replay(session: UserSession, form: FormData, url: URL) {
  const [stream = "", group = ""] = text(form, "reader").split(" ");
  const replay = { stream, group, from_id: text(form, "from_id").trim() };
  const result = await attempt(replayFrom(session, replay));
  const entries = result.ok ? String(result.data) : "";
  return finish(result, { intent: "replay", replay }, url, { done: "replay-started", entries });
}

function finish(result: Part<unknown>, asked: Omit<Refused, "problem">, url: URL, done: Record<string, string>) {
  if (!result.ok) return data({ ...asked, problem: result.problem }, { status: result.problem.status });
  for (const [name, value] of Object.entries(done)) url.searchParams.set(name, value);
  throw redirect(safeNext(url.pathname + url.search, "/events"));
}
