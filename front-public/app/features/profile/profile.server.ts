/** The calls of this front about the profile. */
import { orNull } from "@dashboard/front/api/part.server.ts";
import type { Profile, Theme } from "@dashboard/front/api/types.ts";
import type { UserSession } from "@dashboard/front/session/session.server.ts";
import type { ProfileFields } from "./fields.ts";

/** The profile, or null before it is created. */
export function readProfile(session: UserSession): Promise<Profile | null> {
  return orNull(session.api.get<Profile>("/api/profile"));
}

type New = ProfileFields & { theme: Theme };

export function createProfile(session: UserSession, fields: New): Promise<Profile> {
  return session.api.post("/api/profile", { json: fields });
}

/** 412 with the stored profile as `current` when `version` is not the newest any more. */
export function changeProfile(session: UserSession, fields: Partial<New>, version: string): Promise<Profile> {
  return session.api.patch("/api/profile", { json: fields, version });
}

export function deleteProfile(session: UserSession, version: string): Promise<void> {
  return session.api.delete("/api/profile", { version });
}

export function changeAvatar(session: UserSession, picture: Blob, version: string): Promise<Profile> {
  return session.api.put("/api/profile/avatar", { raw: picture, version });
}

export function removeAvatar(session: UserSession, version: string): Promise<Profile> {
  return session.api.delete("/api/profile/avatar", { version });
}

/** A picture, unchanged and for any caller. */
export function readAvatar(session: UserSession, id: string): Promise<Response> {
  return session.api.stream(`/api/avatars/${encodeURIComponent(id)}`);
}
