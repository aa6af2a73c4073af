import type { DeadLetter, Problem } from "@dashboard/front/api/types.ts";
import { Button, SubmitButton } from "@dashboard/front/ui/button.tsx";
import { Dialog } from "@dashboard/front/ui/dialog.tsx";
import { GuardedForm } from "@dashboard/front/ui/form.tsx";
import { nameOf } from "../places.ts";

interface LetterActionsProps {
  letter: DeadLetter;
  problem: Problem | undefined;
}

/** Replays or discards a letter; each asks first. One that waits is retried by itself, so it can only be discarded. */
export function LetterActions({ letter, problem }: LetterActionsProps) {
  const name = nameOf(letter);
  return (
    <GuardedForm problem={problem} className="flex flex-wrap gap-2">
      {letter.kind !== "waiting" && (
        <>
          <Button command="show-modal" commandfor="replay-letter">
            Replay …
          </Button>
          <Dialog
            id="replay-letter"
            title={`Replay ${name}?`}
            actions={
              <SubmitButton intent="replay-letter" pending="Replaying …">
                Replay event
              </SubmitButton>
            }
          >
            <p className="wrap-anywhere">{afterReplay(letter)}</p>
          </Dialog>
        </>
      )}
      <Button variant="danger" command="show-modal" commandfor="discard-letter">
        Discard …
      </Button>
      <Dialog
        id="discard-letter"
        title={`Discard ${name}?`}
        dismiss="Keep"
        actions={
          <SubmitButton intent="discard" variant="danger" pending="Discarding …">
            Discard event
          </SubmitButton>
        }
      >
        <p className="wrap-anywhere">{afterDiscard(letter)}</p>
      </Dialog>
    </GuardedForm>
  );
}

function afterReplay({ group }: DeadLetter): string {
  const again = group
    ? `The group ${group} handles it again.`
    : "It is sent to its stream, and every consumer gets it.";
  return `${again} Effects that already exist stay as they are. If the cause is not fixed, it comes back here.`;
}

function afterDiscard({ group, kind }: DeadLetter): string {
  const never = group ? `The group ${group} will never handle it.` : "No consumer will ever get it.";
  const until = kind === "waiting" ? " Until then it is retried automatically." : "";
  return `${never}${until} This can’t be undone.`;
}
