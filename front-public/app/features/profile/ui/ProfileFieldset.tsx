import { fieldErrors } from "@dashboard/front/api/problem.ts";
import type { Problem } from "@dashboard/front/api/types.ts";
import { SelectField, TextArea, TextField } from "@dashboard/front/ui/field.tsx";
import { useEffect, useRef } from "react";
import type { Choices } from "../choices.server.ts";
import { FIELD_LABELS, type ProfileFields } from "../fields.ts";
import { ThemeChoice } from "./ThemeChoice.tsx";
import { TimeZoneField } from "./TimeZoneField.tsx";

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
        <TimeZoneField value={fields.time_zone} zones={choices.zones} errors={errors("time_zone")} />
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

function useGuessedTimeZone(guess: boolean) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const field = ref.current?.querySelector<HTMLInputElement>("[name=time_zone]");
    if (guess && field?.value === "UTC") field.value = Intl.DateTimeFormat().resolvedOptions().timeZone;
  }, [guess]);
  return ref;
}
