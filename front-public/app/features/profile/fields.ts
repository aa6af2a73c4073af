/** A profile as a form sends it. */
import type { Profile, Theme } from "@dashboard/front/api/types.ts";
import { text } from "@dashboard/front/forms/values.ts";

/** What its owner may change. */
export type ProfileFields = Pick<Profile, "name" | "display_name" | "bio" | "time_zone" | "locale" | "theme">;

export const FIELD_LABELS: Record<keyof ProfileFields, string> = {
  name: "Name",
  display_name: "Display name",
  bio: "About you",
  time_zone: "Time zone",
  locale: "Language and region",
  theme: "Theme",
};

export const FIELD_NAMES = Object.keys(FIELD_LABELS) as (keyof ProfileFields)[];

export const NEW_PROFILE: ProfileFields = {
  name: "",
  display_name: null,
  bio: "",
  time_zone: "UTC",
  locale: "en",
  theme: "system",
};

/** An empty display name is none; `New York` is written `New_York` in the name of a zone. */
export function readFields(form: FormData): ProfileFields {
  return {
    name: text(form, "name").trim(),
    display_name: text(form, "display_name").trim() || null,
    bio: text(form, "bio"),
    time_zone: text(form, "time_zone").trim().replaceAll(" ", "_"),
    locale: text(form, "locale"),
    theme: text(form, "theme") as Theme,
  };
}

/** The fields in which two versions differ. */
export function differing(mine: ProfileFields, theirs: Profile): (keyof ProfileFields)[] {
  return FIELD_NAMES.filter((name) => (mine[name] ?? "") !== (theirs[name] ?? ""));
}
