import { fieldErrors } from "@dashboard/front/api/problem.ts";
import type { Problem, ProfileFields, Theme } from "@dashboard/front/api/types.ts";
import { SelectField, TextArea, TextField } from "@dashboard/front/ui/field.tsx";
import { useEffect, useRef } from "react";
import type { Choices } from "../choices.server.ts";
import { FIELD_LABELS } from "../fields.ts";

export const THEME_NAMES: Record<Theme, string> = { system: "System", light: "Light", dark: "Dark" };

interface ProfileFieldsetProps {
  fields: ProfileFields;
  problem?: Problem;
  choices: Choices;
  /** A new profile starts with the browser's own time zone. */
  guessTimeZone?: boolean;
}

export function ProfileFieldset({ fields, problem, choices, guessTimeZone }: ProfileFieldsetProps) {
  const errors = (name: keyof ProfileFields) => fieldErrors(problem, name);
  const zone = useGuessedTimeZone(guessTimeZone ?? false);
  return (
    <div ref={zone} className="grid gap-5">
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField
          label={FIELD_LABELS.name}
          name="name"
          autoComplete="name"
          required
          maxLength={80}
          defaultValue={fields.name}
          errors={errors("name")}
        />
        <TextField
          label={FIELD_LABELS.display_name}
          name="display_name"
          autoComplete="nickname"
          optional
          maxLength={80}
          defaultValue={fields.display_name ?? ""}
          errors={errors("display_name")}
        />
      </div>
      <TextArea
        label={FIELD_LABELS.bio}
        name="bio"
        rows={4}
        optional
        maxLength={1000}
        defaultValue={fields.bio}
        errors={errors("bio")}
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField
          label={FIELD_LABELS.time_zone}
          name="time_zone"
          hint={offsetHint(choices, fields.time_zone)}
          required
          maxLength={64}
          autoComplete="off"
          spellCheck={false}
          suggestions={choices.zones}
          defaultValue={fields.time_zone}
          errors={errors("time_zone")}
        />
        <SelectField
          label={FIELD_LABELS.locale}
          name="locale"
          hint="For dates and amounts."
          options={choices.locales}
          defaultValue={fields.locale}
          errors={errors("locale")}
        />
      </div>
      <ThemeChoice value={fields.theme} />
    </div>
  );
}

export function ThemeChoice({ value }: { value: Theme }) {
  return (
    <fieldset>
      <legend className="mb-1.5 font-semibold">{FIELD_LABELS.theme}</legend>
      <div className="grid grid-cols-[repeat(auto-fit,minmax(6.5rem,1fr))] gap-2">
        {Object.entries(THEME_NAMES).map(([theme, name]) => (
          <label
            key={theme}
            className="flex min-h-11 cursor-pointer items-center gap-2 rounded-control border border-line-strong px-3 py-2 has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-3 has-focus-visible:outline-accent"
          >
            <input type="radio" name="theme" value={theme} defaultChecked={theme === value} className="size-4" />
            {name}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function offsetHint({ zones }: Choices, stored: string): string {
  const offset = zones.find(({ value }) => value === stored)?.label;
  return offset ? `Now ${offset}. Search by city.` : "Search by city.";
}

function useGuessedTimeZone(guess: boolean) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const field = ref.current?.querySelector<HTMLInputElement>("[name=time_zone]");
    if (guess && field?.value === "UTC") field.value = Intl.DateTimeFormat().resolvedOptions().timeZone;
  }, [guess]);
  return ref;
}
