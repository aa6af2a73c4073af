/** The actions of the announcements form: count recipients, preview, send. */
import { attempt } from "@dashboard/front/api/part.server.ts";
import type { Problem } from "@dashboard/front/api/types.ts";
import { redirectWithFlash } from "@dashboard/front/feedback/flash.server.ts";
import { text } from "@dashboard/front/forms/values.ts";
import type { UserSession } from "@dashboard/front/session/session.server.ts";
import { data } from "react-router";
import { announce, countRecipients } from "./announcements.server.ts";
import { type Draft, incomplete, readAudience, readDraft } from "./draft.ts";

const SENDING = "Sending. See progress below.";

/** The form as it was sent, with why it was refused, or how many it would reach. */
export interface Asked {
  draft: Draft;
  key: string;
  recipients?: number;
  problem?: Problem;
}

/** For the line below the audience; null while it cannot be said. */
export async function count(session: UserSession, form: FormData) {
  const result = await attempt(countRecipients(session, readAudience(form)));
  return { count: result.ok ? result.data : null };
}

export async function preview(session: UserSession, form: FormData) {
  const draft = readDraft(form);
  const asked = { draft, key: text(form, "key") };
  const missing = incomplete(draft);
  if (missing) return refuse({ ...asked, problem: missing });
  const result = await attempt(countRecipients(session, draft.audience));
  if (!result.ok) return refuse({ ...asked, problem: result.problem });
  const answer: Asked = { ...asked, recipients: result.data };
  return answer;
}

export async function send(session: UserSession, form: FormData) {
  const draft = readDraft(form);
  const key = text(form, "key");
  const result = await attempt(announce(session, draft, key));
  if (!result.ok) return refuse({ draft, key, problem: result.problem });
  throw redirectWithFlash(session, "/announcements", SENDING);
}

const refuse = (asked: Asked & { problem: Problem }) => data<Asked>(asked, { status: asked.problem.status });
