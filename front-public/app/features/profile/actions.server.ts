/** The actions of the forms on the profile page, and what the switch of the theme stores. */
import { attempt } from "@dashboard/front/api/part.server.ts";
import type { Problem, Profile, Theme } from "@dashboard/front/api/types.ts";
import { redirectWithFlash } from "@dashboard/front/feedback/flash.server.ts";
import { text } from "@dashboard/front/forms/values.ts";
import type { UserSession } from "@dashboard/front/session/session.server.ts";
import { keepTheme } from "@dashboard/front/session/theme.server.ts";
import { data } from "react-router";
import { avatarComplaint } from "./avatar-rules.ts";
import { type ProfileFields, readFields } from "./fields.ts";
import { changeAvatar, changeProfile, deleteProfile, readProfile, removeAvatar } from "./profile.server.ts";

const PAGE = "/app/profile";
export const MESSAGES = {
  created: "Profile created.",
  saved: "Changes saved.",
  avatar: "Picture updated.",
  avatarRemoved: "Picture removed.",
  deleted: "Profile deleted.",
};

export type Intent = "save" | "avatar" | "remove-avatar" | "delete";

export interface Refused {
  intent: Intent;
  problem: Problem;
  fields?: ProfileFields;
  /** Somebody else saved first: the version that is stored now. */
  theirs?: Profile;
}

const refuse = (refused: Refused) => data(refused, { status: refused.problem.status });

export async function saveProfile(session: UserSession, form: FormData) {
  const fields = readFields(form);
  const result = await attempt(changeProfile(session, fields, text(form, "version")));
  if (result.ok) {
    keepTheme(session, result.data.theme);
    throw redirectWithFlash(session, PAGE, MESSAGES.saved);
  }
  const theirs = result.problem.status === 412 ? await storedProfile(session, result.problem) : undefined;
  return refuse({ intent: "save", problem: result.problem, fields, theirs });
}

export async function saveAvatar(session: UserSession, form: FormData) {
  const file = form.get("avatar");
  const picture = file instanceof File ? file : new File([], "");
  const complaint = avatarComplaint(picture);
  if (complaint) return refuse({ intent: "avatar", problem: atAvatar(complaint) });
  const result = await attempt(changeAvatar(session, picture, text(form, "version")));
  if (result.ok) throw redirectWithFlash(session, PAGE, MESSAGES.avatar);
  const isPicture = result.problem.status === 415 || result.problem.status === 413 || result.problem.status === 422;
  return refuse({ intent: "avatar", problem: isPicture ? atAvatar(result.problem.detail ?? "") : result.problem });
}

export async function dropAvatar(session: UserSession, form: FormData) {
  const result = await attempt(removeAvatar(session, text(form, "version")));
  if (result.ok) throw redirectWithFlash(session, PAGE, MESSAGES.avatarRemoved);
  return refuse({ intent: "remove-avatar", problem: result.problem });
}

export async function dropProfile(session: UserSession, form: FormData) {
  const result = await attempt(deleteProfile(session, text(form, "version")));
  if (result.ok) throw redirectWithFlash(session, PAGE, MESSAGES.deleted);
  return refuse({ intent: "delete", problem: result.problem });
}

/** Into the profile; somebody without one has the choice kept in this browser. False when that does not work now. */
export async function storeTheme(session: UserSession, theme: Theme): Promise<boolean> {
  return (await attempt(saveTheme(session, theme))).ok;
}

async function saveTheme(session: UserSession, theme: Theme): Promise<void> {
  const profile = await readProfile(session);
  if (profile) await changeProfile(session, { theme }, String(profile.version));
}

async function storedProfile(session: UserSession, problem: Problem): Promise<Profile | undefined> {
  if (problem.current) return problem.current as unknown as Profile;
  const stored = await attempt(readProfile(session));
  return (stored.ok && stored.data) || undefined;
}

function atAvatar(message: string): Problem {
  return { type: "about:blank", title: "Invalid", status: 422, errors: [{ field: "avatar", message }] };
}
