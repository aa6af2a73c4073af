/** A profile as a form sends it. */
import type { Profile } from "@dashboard/front/api/types.ts";
import { asItIs, type FormField, orNone, trimmed } from "@dashboard/front/forms/fields.ts";
import { text } from "@dashboard/front/forms/values.ts";

/** What its owner may change, in the order of the form. `New York` is written `New_York` in the name of a zone. */
export const FIELDS = {
  name: { label: "Name", initial: "", read: trimmed, input: { required: true, maxLength: 80, autoComplete: "name" } },
  display_name: {
    label: "Display name",
    initial: null,
    read: orNone(trimmed),
    input: { optional: true, maxLength: 80, autoComplete: "nickname" },
  },
  bio: {
    label: "About you",
    initial: "",
    read: asItIs,
    input: { as: "textarea", rows: 4, optional: true, maxLength: 1000 },
  },
  time_zone: { label: "Time zone", initial: "UTC", read: (value) => trimmed(value).replaceAll(" ", "_") },
  locale: { label: "Date and number format", initial: "en", read: asItIs },
} satisfies { [Name in keyof Profile]?: FormField<Exclude<Profile[Name], undefined>> };

/** What the model has too and the menu of the account asks for. */
export const ELSEWHERE: readonly string[] = ["theme"];

export type ProfileFields = Pick<Profile, keyof typeof FIELDS>;

type Field = FormField<Exclude<ProfileFields[keyof ProfileFields], undefined>>;

export const FIELD_NAMES = Object.keys(FIELDS) as (keyof ProfileFields)[];

export const FIELD_LABELS = each(({ label }) => label) as Record<keyof ProfileFields, string>;

export const NEW_PROFILE = each(({ initial }) => initial) as ProfileFields;

/** Those with an ordinary input. */
export const INPUTS = FIELD_NAMES.filter((name) => field(name).input);

export const SUMMARIZED = FIELD_NAMES.filter((name) => field(name).summary);

export function field(name: keyof ProfileFields): Field {
  return FIELDS[name];
}

export function readFields(form: FormData): ProfileFields {
  return each(({ read }, name) => read(text(form, name))) as ProfileFields;
}

function each<Value>(make: (field: Field, name: string) => Value) {
  return Object.fromEntries(FIELD_NAMES.map((name) => [name, make(field(name), name)]));
}

/** The fields in which two versions differ. */
export function differing(mine: ProfileFields, theirs: Profile): (keyof ProfileFields)[] {
  return FIELD_NAMES.filter((name) => (mine[name] ?? "") !== (theirs[name] ?? ""));
}
