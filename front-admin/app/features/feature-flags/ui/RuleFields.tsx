import type { FlagRule, Problem } from "@dashboard/front/api/types.ts";
import { TextArea } from "@dashboard/front/ui/field.tsx";
import { PLANS, ROLES } from "../../../groups-of-users.ts";
import { CheckboxGroup } from "../../../ui/CheckboxGroup.tsx";
import { ruleErrors, valuesOf } from "../draft.ts";

/** Who has the feature whatever the share is. */
export function RuleFields({ rules, problem }: { rules: FlagRule[]; problem: Problem | undefined }) {
  return (
    <fieldset className="grid gap-4 rounded-control border border-line p-4">
      <legend className="px-1 font-semibold">Always on for</legend>
      <CheckboxGroup label="Roles" name="roles" options={ROLES} chosen={valuesOf(rules, "role")} />
      <CheckboxGroup label="Plans" name="plans" options={PLANS} chosen={valuesOf(rules, "plan")} />
      <TextArea
        label="User IDs"
        name="users"
        optional
        rows={2}
        defaultValue={valuesOf(rules, "user").join("\n")}
        errors={ruleErrors(problem)}
        hint="One per line."
      />
    </fieldset>
  );
}
