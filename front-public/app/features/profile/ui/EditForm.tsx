import type { Profile } from "@dashboard/front/api/types.ts";
import { SubmitButton } from "@dashboard/front/ui/button.tsx";
import { GuardedForm } from "@dashboard/front/ui/form.tsx";
import { Notice } from "@dashboard/front/ui/notice.tsx";
import { useFormBase } from "@dashboard/front/ui/use-form-base.ts";
import type { Refused } from "../actions.server.ts";
import type { Choices } from "../choices.server.ts";
import { ProfileFieldset } from "./ProfileFieldset.tsx";

interface EditFormProps {
  profile: Profile;
  choices: Choices;
  refused: Refused | undefined;
}

export function EditForm({ profile, choices, refused }: EditFormProps) {
  const { base, setDirty } = useFormBase(profile, refused !== undefined);
  return (
    <GuardedForm
      guard
      changed={refused !== undefined}
      key={base.version}
      problem={refused?.problem}
      onInput={() => setDirty(true)}
      className="grid gap-5"
    >
      {base.version !== profile.version && (
        <Notice tone="info" title="Your profile was changed in another window.">
          Keep typing: when you save, you can choose between the two versions.
        </Notice>
      )}
      <input type="hidden" name="version" value={base.version} />
      <ProfileFieldset fields={refused?.fields ?? base} problem={refused?.problem} choices={choices} />
      <div>
        <SubmitButton intent="save" pending="Saving …">
          Save changes
        </SubmitButton>
      </div>
    </GuardedForm>
  );
}
