import type { Problem, Profile } from "@dashboard/front/api/types.ts";
import { Button, SubmitButton } from "@dashboard/front/ui/button.tsx";
import { Card } from "@dashboard/front/ui/card.tsx";
import { Dialog } from "@dashboard/front/ui/dialog.tsx";
import { GuardedForm } from "@dashboard/front/ui/form.tsx";

interface DeleteProfileProps {
  profile: Profile;
  problem: Problem | undefined;
}

export function DeleteProfile({ profile, problem }: DeleteProfileProps) {
  return (
    <Card title="Delete your profile">
      <p className="mb-4 max-w-prose text-ink-soft">
        Your name, picture and preferences go away. Your account, your plan and your invoices stay.
      </p>
      <GuardedForm problem={problem} className="grid justify-items-start gap-4">
        <input type="hidden" name="version" value={profile.version} />
        <Button variant="danger" command="show-modal" commandfor="delete-profile">
          Delete profile …
        </Button>
        <Dialog
          id="delete-profile"
          title="Delete your profile?"
          actions={
            <SubmitButton intent="delete" variant="danger" pending="Deleting …">
              Delete it
            </SubmitButton>
          }
        >
          <p>This cannot be undone. You can create a new profile at any time.</p>
        </Dialog>
      </GuardedForm>
    </Card>
  );
}
