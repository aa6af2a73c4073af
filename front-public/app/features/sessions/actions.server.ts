/** What the forms of the settings page do. */
import { attempt } from "@dashboard/front/api/part.server.ts";
import type { Problem, Theme } from "@dashboard/front/api/types.ts";
import { text } from "@dashboard/front/forms/values.ts";
import type { UserSession } from "@dashboard/front/session/session.server.ts";
import { keepTheme } from "@dashboard/front/session/theme.server.ts";
import { data, redirect } from "react-router";
import { changeProfile, readProfile } from "../profile/profile.server.ts";
import { endSession } from "./settings.server.ts";

const refuse = (problem: Problem) => data({ problem }, { status: problem.status });

export async function revoke(session: UserSession, form: FormData) {
  const result = await attempt(endSession(session, text(form, "id")));
  if (!result.ok) return refuse(result.problem);
  throw redirect("/app/settings?done=ended");
}

/** Into the profile; somebody without one has the choice kept in this browser. */
export async function chooseTheme(session: UserSession, form: FormData) {
  const theme = text(form, "theme") as Theme;
  const result = await attempt(saveTheme(session, theme));
  if (!result.ok) return refuse(result.problem);
  keepTheme(session, theme);
  throw redirect("/app/settings?done=theme");
}

async function saveTheme(session: UserSession, theme: Theme): Promise<void> {
  const profile = await readProfile(session);
  if (profile) await changeProfile(session, { theme }, String(profile.version));
}
