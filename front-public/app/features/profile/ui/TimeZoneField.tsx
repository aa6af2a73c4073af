import { TextField } from "@dashboard/front/ui/field.tsx";
import type { FocusEvent } from "react";
import type { Choices } from "../choices.server.ts";
import { FIELD_LABELS } from "../fields.ts";
import { currentZone } from "../zone-names.ts";

interface TimeZoneFieldProps {
  value: string;
  zones: Choices["zones"];
  errors: string[];
}

const LIST = "time-zones";

/** Every zone is offered while typing, which works without JavaScript; one that is stored and no longer offered stays. */
export function TimeZoneField({ value, zones, errors }: TimeZoneFieldProps) {
  const name = currentZone(value);
  const offset = zones.find((zone) => zone.value === name)?.label;
  return (
    <div>
      <TextField
        label={FIELD_LABELS.time_zone}
        name="time_zone"
        hint={offset ? `${offset}. Search by city.` : "Search by city."}
        required
        maxLength={64}
        autoComplete="off"
        spellCheck={false}
        list={LIST}
        onFocus={selectAll}
        defaultValue={name}
        errors={errors}
      />
      <datalist id={LIST}>
        {zones.map((zone) => (
          <option key={zone.value} value={zone.value} label={zone.label} />
        ))}
      </datalist>
    </div>
  );
}

/** Browsers offer what contains the present value: the first key replaces it. */
function selectAll({ currentTarget }: FocusEvent<HTMLInputElement>) {
  currentTarget.select();
}
