/** The actions of the forms of the sessions. */
import { attempt } from "@dashboard/front/api/part.server.ts";
import { redirectWithFlash } from "@dashboard/front/feedback/flash.server.ts";
import { text } from "@dashboard/front/forms/values.ts";
import type { UserSession } from "@dashboard/front/session/session.server.ts";
import { data } from "react-router";
import { revokeSession } from "./sessions.server.ts";

const SIGNED_OUT = "Device logged out.";

export async function endSession(session: UserSession, form: FormData) {
  const result = await attempt(revokeSession(session, text(form, "id")));
  if (!result.ok) return data({ problem: result.problem }, { status: result.problem.status });
  throw redirectWithFlash(session, "/app/settings", SIGNED_OUT);
}
