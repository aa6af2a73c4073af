/** The actions of the forms of the event monitor. */
import { attempt } from "@dashboard/front/api/part.server.ts";
import type { Part } from "@dashboard/front/api/problem.ts";
import type { DeadLetter, DeadLetterKind, Problem } from "@dashboard/front/api/types.ts";
import { redirectWithFlash } from "@dashboard/front/feedback/flash.server.ts";
import { text } from "@dashboard/front/forms/values.ts";
import { safeNext } from "@dashboard/front/session/next.ts";
import type { UserSession } from "@dashboard/front/session/session.server.ts";
import { data } from "react-router";
import { changeDeadLetters, discardLetter, type Replay, replayFrom, replayLetter } from "./domain-events.server.ts";
import { isLetterKind, listPath } from "./places.ts";

const REPLAYED = "Event replayed.";
const DISCARDED = "Event discarded.";
const replayed = (count: number) => (count === 1 ? "1 event replayed." : `${count || "No"} events replayed.`);

export interface Refused {
  intent: string;
  problem: Problem;
  replay?: Replay;
}

export const letterKind = (value: FormDataEntryValue | string | null): DeadLetterKind =>
  isLetterKind(value) ? value : "dead";

/** Leads to the list that the letter was in. */
export async function changeLetter(
  session: UserSession,
  intent: "replay-letter" | "discard",
  { id, kind }: Pick<DeadLetter, "id" | "kind">,
) {
  const change = intent === "discard" ? discardLetter : replayLetter;
  const result = await attempt(change(session, id, kind));
  if (!result.ok) return refuse({ intent, problem: result.problem });
  throw redirectWithFlash(session, listPath(kind), intent === "discard" ? DISCARDED : REPLAYED);
}

/** The letters that were chosen on the page. */
export async function changeSeveral(session: UserSession, form: FormData, url: URL) {
  const intent = text(form, "intent");
  const change = intent === "discard-letters" ? "discard" : "replay";
  const changes = { change, kind: letterKind(form.get("kind")), ids: form.getAll("id").map(String) } as const;
  const result = await attempt(changeDeadLetters(session, changes));
  const count = result.ok ? result.data.changed : 0;
  const some = count === 1 ? "1 event" : `${count || "No"} events`;
  return finish(session, result, { intent }, url, `${some} ${change}ed.`);
}

/** The form names group and stream in one choice, as a group belongs to the streams that it reads. */
export async function replay(session: UserSession, form: FormData, url: URL) {
  const [stream = "", group = ""] = text(form, "reader").split(" ");
  const replay = { stream, group, from_id: text(form, "from_id").trim() };
  const result = await attempt(replayFrom(session, replay));
  return finish(session, result, { intent: "replay", replay }, url, result.ok ? replayed(result.data) : "");
}

function finish(
  session: UserSession,
  result: Part<unknown>,
  asked: Omit<Refused, "problem">,
  url: URL,
  message: string,
) {
  if (!result.ok) return refuse({ ...asked, problem: result.problem });
  throw redirectWithFlash(session, safeNext(url.pathname + url.search, "/events"), message);
}

const refuse = (refused: Refused) => data(refused, { status: refused.problem.status });
