import type { FlagRule, Problem } from "@dashboard/front/api/types.ts";
import { TextArea } from "@dashboard/front/ui/field.tsx";
import { PLANS, ROLES, ruleErrors, valuesOf } from "../draft.ts";

/** Who has the feature whatever the share is. */
export function RuleFields({ rules, problem }: { rules: FlagRule[]; problem: Problem | undefined }) {
  return (
    <fieldset className="grid gap-4 rounded-control border border-line p-4">
      <legend className="px-1 font-semibold">Who has it whatever the share is</legend>
      <Boxes label="Roles" name="roles" options={ROLES} chosen={valuesOf(rules, "role")} />
      <Boxes label="Plans" name="plans" options={PLANS} chosen={valuesOf(rules, "plan")} />
      <TextArea
        label="Users"
        name="users"
        optional
        rows={2}
        defaultValue={valuesOf(rules, "user").join("\n")}
        errors={ruleErrors(problem)}
        hint="Their ids, one a line."
      />
    </fieldset>
  );
}

interface BoxesProps {
  label: string;
  name: string;
  options: Record<string, string>;
  chosen: string[];
}

function Boxes({ label, name, options, chosen }: BoxesProps) {
  return (
    <fieldset>
      <legend className="text-sm font-semibold">{label}</legend>
      <div className="mt-1.5 flex flex-wrap gap-x-5 gap-y-2">
        {Object.entries(options).map(([value, text]) => (
          <label key={value} className="flex min-h-6 items-center gap-2">
            <input
              type="checkbox"
              name={name}
              value={value}
              defaultChecked={chosen.includes(value)}
              className="size-4.5"
            />
            {text}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
