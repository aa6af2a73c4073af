import type { Problem, Profile } from "@dashboard/front/api/types.ts";
import { Button, SubmitButton } from "@dashboard/front/ui/button.tsx";
import { Card } from "@dashboard/front/ui/card.tsx";
import { Dialog } from "@dashboard/front/ui/dialog.tsx";
import { Form } from "react-router";

interface DeleteProfileProps {
  profile: Profile;
  problem: Problem | undefined;
}

export function DeleteProfile({ profile, problem }: DeleteProfileProps) {
  return (
    <Card title="Delete your profile">
      <p className="mb-4 max-w-prose text-ink-soft">
        This deletes your name, picture and preferences. Your account, plan and invoices stay.
      </p>
      <Form method="post" className="grid justify-items-start gap-4">
        <input type="hidden" name="version" value={profile.version} />
        <Button variant="danger" command="show-modal" commandfor="delete-profile">
          Delete profile …
        </Button>
        <Dialog
          id="delete-profile"
          title="Delete your profile?"
          dismiss="Keep profile"
          problem={problem}
          actions={
            <SubmitButton intent="delete" variant="danger" pending="Deleting …">
              Delete profile
            </SubmitButton>
          }
        >
          <p>Your name, picture and preferences can’t be restored. You can create a new profile at any time.</p>
        </Dialog>
      </Form>
    </Card>
  );
}
