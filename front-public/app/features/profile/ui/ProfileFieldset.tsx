import { fieldErrors } from "@dashboard/front/api/problem.ts";
import type { Problem } from "@dashboard/front/api/types.ts";
import { SelectField } from "@dashboard/front/ui/field.tsx";
import { FieldInput } from "@dashboard/front/ui/field-input.tsx";
import { useEffect, useRef } from "react";
import type { Choices } from "../choices.server.ts";
import { FIELD_LABELS, field, INPUTS, type ProfileFields } from "../fields.ts";
import { currentZone } from "../zone-names.ts";
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
        {INPUTS.map((name) => (
          <FieldInput key={name} name={name} field={field(name)} value={fields[name]} errors={errors(name)} />
        ))}
      </div>
      <div className="grid gap-5 sm:grid-cols-2">
        <TimeZoneField value={fields.time_zone} zones={choices.zones} errors={errors("time_zone")} />
        <SelectField
          label={FIELD_LABELS.locale}
          name="locale"
          hint="Emails use this language if we support it."
          options={choices.locales}
          defaultValue={fields.locale}
          errors={errors("locale")}
        />
      </div>
    </div>
  );
}

function useGuessedTimeZone(guess: boolean) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const field = ref.current?.querySelector<HTMLInputElement>("[name=time_zone]");
    if (guess && field?.value === "UTC") field.value = currentZone(Intl.DateTimeFormat().resolvedOptions().timeZone);
  }, [guess]);
  return ref;
}
