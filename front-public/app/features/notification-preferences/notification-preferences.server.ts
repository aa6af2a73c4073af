/** Reads and changes notification preferences. */
import { attempt } from "@dashboard/front/api/part.server.ts";
import type { NotificationPreferences, Problem } from "@dashboard/front/api/types.ts";
import { redirectWithFlash } from "@dashboard/front/feedback/flash.server.ts";
import { text } from "@dashboard/front/forms/values.ts";
import type { UserSession } from "@dashboard/front/session/session.server.ts";
import { data } from "react-router";
import { type Choices, readChoices } from "./preferences.ts";

const SAVED = "Notification settings saved.";
const PATH = "/api/notification-preferences";

export interface RefusedChoices {
  intent: "notifications";
  problem: Problem;
  mine: Choices;
  /** Another window saved first: what is stored now. */
  theirs?: NotificationPreferences;
}

export function readPreferences(session: UserSession): Promise<NotificationPreferences> {
  return session.api.get(PATH);
}

/** 412 when `version` is not the newest any more. */
export function writePreferences(
  session: UserSession,
  choices: Choices,
  version: string,
): Promise<NotificationPreferences> {
  return session.api.put(PATH, { json: choices, version });
}

export async function savePreferences(session: UserSession, form: FormData) {
  const mine = readChoices(form);
  const result = await attempt(writePreferences(session, mine, text(form, "version")));
  if (result.ok) throw redirectWithFlash(session, "/app/settings", SAVED);
  const { problem } = result;
  const stored = problem.status === 412 ? await attempt(readPreferences(session)) : null;
  const refused: RefusedChoices = {
    intent: "notifications",
    problem,
    mine,
    theirs: stored?.ok ? stored.data : undefined,
  };
  return data(refused, { status: problem.status });
}
