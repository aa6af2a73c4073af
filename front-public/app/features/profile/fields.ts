/** A profile as a form sends it. */
import type { Profile, Theme } from "@dashboard/front/api/types.ts";
import { text } from "@dashboard/front/forms/values.ts";

/** What its owner may change, in the order of the form: its label, its value in a new profile, how a form sends it. */
const FIELDS = {
  name: { label: "Name", initial: "", read: trimmed },
  display_name: { label: "Display name", initial: null, read: (value) => trimmed(value) || null },
  bio: { label: "About you", initial: "", read: asItIs },
  time_zone: { label: "Time zone", initial: "UTC", read: (value) => trimmed(value).replaceAll(" ", "_") },
  locale: { label: "Language and region", initial: "en", read: asItIs },
  theme: { label: "Theme", initial: "system", read: (value) => value as Theme },
} satisfies { [Name in keyof Profile]?: Field<Profile[Name]> };

interface Field<Value> {
  label: string;
  initial: Exclude<Value, undefined>;
  /** `New York` is written `New_York` in the name of a zone; an empty display name is none. */
  read: (value: string) => Exclude<Value, undefined>;
}

export type ProfileFields = Pick<Profile, keyof typeof FIELDS>;

export const FIELD_NAMES = Object.keys(FIELDS) as (keyof ProfileFields)[];

export const FIELD_LABELS = each(({ label }) => label) as Record<keyof ProfileFields, string>;

export const NEW_PROFILE = each(({ initial }) => initial) as ProfileFields;

export function readFields(form: FormData): ProfileFields {
  return each(({ read }, name) => read(text(form, name))) as ProfileFields;
}

function each<Value>(make: (field: (typeof FIELDS)[keyof ProfileFields], name: string) => Value) {
  return Object.fromEntries(FIELD_NAMES.map((name) => [name, make(FIELDS[name], name)]));
}

function trimmed(value: string) {
  return value.trim();
}

function asItIs(value: string) {
  return value;
}

/** The fields in which two versions differ. */
export function differing(mine: ProfileFields, theirs: Profile): (keyof ProfileFields)[] {
  return FIELD_NAMES.filter((name) => (mine[name] ?? "") !== (theirs[name] ?? ""));
}
