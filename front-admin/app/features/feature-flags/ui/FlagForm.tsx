import { fieldErrors } from "@dashboard/front/api/problem.ts";
import type { FeatureFlag } from "@dashboard/front/api/types.ts";
import { SubmitButton } from "@dashboard/front/ui/button.tsx";
import { TextField } from "@dashboard/front/ui/field.tsx";
import { GuardedForm } from "@dashboard/front/ui/form.tsx";
import { Notice } from "@dashboard/front/ui/notice.tsx";
import type { Refused } from "../actions.server.ts";
import { describeReach } from "../draft.ts";
import { RuleFields } from "./RuleFields.tsx";

interface FlagFormProps {
  flag: FeatureFlag;
  refused: Refused | undefined;
}

/** After a conflict the form keeps what was typed, and saving it once more replaces what somebody else has stored. */
export function FlagForm({ flag, refused }: FlagFormProps) {
  const { problem, theirs } = refused ?? {};
  const shown = refused?.draft ?? { ...flag, reason: "" };
  return (
    <GuardedForm guard problem={theirs ? undefined : problem} className="grid max-w-2xl gap-5">
      {theirs && <Conflict theirs={theirs} />}
      <input type="hidden" name="version" value={(theirs ?? flag).version} />
      <label className="flex min-h-6 items-center gap-2 font-semibold">
        <input type="checkbox" name="enabled" defaultChecked={shown.enabled} className="size-4.5" />
        On
      </label>
      <TextField
        label="Share of users (%)"
        name="percentage"
        type="number"
        required
        min={0}
        max={100}
        step={1}
        defaultValue={shown.percentage}
        errors={fieldErrors(problem, "percentage")}
        hint="Raising the share never takes the feature away. Visitors who aren’t logged in have it only at 100."
      />
      <RuleFields rules={shown.rules} problem={problem} />
      <TextField
        label="Owner"
        name="owner"
        required
        maxLength={60}
        pattern="[a-z][a-z0-9\-]*"
        defaultValue={shown.owner}
        errors={fieldErrors(problem, "owner")}
        hint="The team that removes the flag, such as team-tools."
      />
      <TextField
        label="Expires on"
        name="expires_on"
        type="date"
        required
        defaultValue={shown.expires_on}
        errors={fieldErrors(problem, "expires_on")}
        hint="From this day it is shown as stale. It keeps working."
      />
      <TextField
        label="Reason for this change"
        name="reason"
        required
        maxLength={300}
        defaultValue={shown.reason}
        errors={fieldErrors(problem, "reason")}
      />
      <div>
        <SubmitButton pending="Saving …">Save</SubmitButton>
      </div>
    </GuardedForm>
  );
}

function Conflict({ theirs }: { theirs: FeatureFlag }) {
  return (
    <div className="conflict">
      <Notice tone="warn" focus title="Somebody else changed this flag while you were editing.">
        It’s now: {describeReach(theirs)} (“{theirs.reason}”). Your version is below; saving again replaces theirs.
      </Notice>
    </div>
  );
}
