import { SubmitButton } from "@dashboard/front/ui/button.tsx";
import { Dialog } from "@dashboard/front/ui/dialog.tsx";
import { useEffect } from "react";
import { useLocation } from "react-router";
import { type Draft, describeAudience, people } from "../draft.ts";

const ID = "confirm-announcement";

interface ConfirmationProps {
  draft: Draft;
  recipients: number;
}

/** Names what is about to be sent, and to how many. Without JavaScript it stands below the form. */
export function Confirmation({ draft, recipients }: ConfirmationProps) {
  const { key } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: every answer opens it again, and is a new location at its end
  useEffect(() => {
    const dialog = document.getElementById(ID) as HTMLDialogElement;
    dialog.close();
    dialog.showModal();
  }, [draft, key]);
  return (
    <Dialog
      id={ID}
      open
      title={recipients > 0 ? `Send this to ${people(recipients)}?` : "Nobody would get this"}
      dismiss="Change it"
      actions={
        recipients > 0 && (
          <SubmitButton intent="send" pending="Sending …">
            Send to {people(recipients)}
          </SubmitButton>
        )
      }
    >
      <p>For: {describeAudience(draft.audience)}. It cannot be called back.</p>
      <blockquote className="rounded-control border-l-4 border-accent bg-sunken px-4 py-3">
        <p className="font-semibold text-ink wrap-anywhere">{draft.title}</p>
        <p className="whitespace-pre-line wrap-anywhere">{draft.body}</p>
        {draft.link && <p className="text-sm text-ink-faint wrap-anywhere">Link: {draft.link}</p>}
      </blockquote>
    </Dialog>
  );
}
