/** The action of the form of a flag. */
import { attempt } from "@dashboard/front/api/part.server.ts";
import type { FeatureFlag, Problem } from "@dashboard/front/api/types.ts";
import { redirectWithFlash } from "@dashboard/front/feedback/flash.server.ts";
import { text } from "@dashboard/front/forms/values.ts";
import type { UserSession } from "@dashboard/front/session/session.server.ts";
import { data } from "react-router";
import { type FlagDraft, readDraft } from "./draft.ts";
import { changeFlag } from "./feature-flags.server.ts";

const UPDATED = "Flag updated. It takes effect within a second.";

/** The form as it was sent, and why it was refused; `theirs` is what somebody else has stored meanwhile. */
export interface Refused {
  draft: FlagDraft;
  problem: Problem;
  theirs?: FeatureFlag;
}

export async function saveFlag(session: UserSession, name: string, form: FormData) {
  const draft = readDraft(form);
  const result = await attempt(changeFlag(session, name, draft, text(form, "version")));
  if (result.ok) throw redirectWithFlash(session, "/feature-flags", UPDATED);
  const { problem } = result;
  const theirs = problem.status === 412 ? (problem.current as unknown as FeatureFlag | undefined) : undefined;
  return data<Refused>({ draft, problem, theirs }, { status: problem.status });
}
