import { SubmitButton } from "@dashboard/front/ui/button.tsx";
import { Dialog } from "@dashboard/front/ui/dialog.tsx";
import { type Draft, describeAudience, people } from "../draft.ts";

const ID = "confirm-announcement";

interface ConfirmationProps {
  draft: Draft;
  recipients: number;
}

/** Names what is about to be sent, and to how many. Without JavaScript it stands below the form. */
export function Confirmation({ draft, recipients }: ConfirmationProps) {
  return (
    <Dialog
      id={ID}
      open={draft}
      title={recipients > 0 ? `Send this to ${people(recipients)}?` : "Nobody would get this"}
      dismiss="Edit"
      actions={
        recipients > 0 && (
          <SubmitButton intent="send" pending="Sending …">
            Send to {people(recipients)}
          </SubmitButton>
        )
      }
    >
      <p>For: {describeAudience(draft.audience)}. It can’t be recalled.</p>
      <blockquote className="rounded-control border-l-4 border-accent bg-sunken px-4 py-3">
        <p className="font-semibold text-ink wrap-anywhere">{draft.title}</p>
        <p className="whitespace-pre-line wrap-anywhere">{draft.body}</p>
        {draft.link && <p className="text-sm text-ink-faint wrap-anywhere">Link: {draft.link}</p>}
      </blockquote>
    </Dialog>
  );
}
