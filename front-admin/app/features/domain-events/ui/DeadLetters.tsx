import type { Part } from "@dashboard/front/api/problem.ts";
import type { DeadLetter, DeadLetterKind, Page } from "@dashboard/front/api/types.ts";
import { BulkBar, selectionOf } from "@dashboard/front/table/selection.tsx";
import { Button, SubmitButton } from "@dashboard/front/ui/button.tsx";
import { Card } from "@dashboard/front/ui/card.tsx";
import { Dialog } from "@dashboard/front/ui/dialog.tsx";
import { Pagination } from "@dashboard/front/ui/pagination.tsx";
import { Unavailable } from "@dashboard/front/ui/unavailable.tsx";
import { nameOf } from "../places.ts";
import { Choices } from "./Choices.tsx";
import { LetterTable } from "./LetterTable.tsx";

const CHOICES = [
  { label: "Dead letters", value: null },
  { label: "Waiting", value: "waiting" },
  { label: "Parked", value: "aside" },
  { label: "Never sent", value: "unsent" },
];

const NONE: Record<DeadLetterKind, string> = {
  dead: "No dead letters. Every event was handled.",
  aside: "Nothing is parked. Every consumer knows the events it gets, and no feature with a consumer is off.",
  unsent: "Every event reached its stream.",
  waiting: "No consumer is waiting for a service.",
};

const WAITING =
  "These events wait for a service that isn’t responding, and are retried automatically. Other events go on where " +
  "they can. Repair the service, or discard an event if it is the cause.";

interface DeadLettersProps {
  letters: Part<Page<DeadLetter>>;
  kind: DeadLetterKind;
  mayWrite: boolean;
}

export function DeadLetters({ letters, kind, mayWrite }: DeadLettersProps) {
  return (
    <Card title="Unhandled events" id="letters">
      <Choices label="State" name="kind" choices={CHOICES} chosen={kind === "dead" ? null : kind} />
      {kind === "waiting" && <p className="mb-4 text-ink-soft">{WAITING}</p>}
      {letters.ok ? (
        <LetterPage page={letters.data} kind={kind} mayWrite={mayWrite} />
      ) : (
        <Unavailable what="The unhandled events" problem={letters.problem} />
      )}
    </Card>
  );
}

const BULK = "bulk-letters";
const SELECTION = selectionOf<DeadLetter>({
  form: BULK,
  idOf: ({ id }) => id,
  labelOf: (letter) => `${nameOf(letter)}, ${letter.id}`,
});

function LetterPage({ page, kind, mayWrite }: Omit<DeadLettersProps, "letters"> & { page: Page<DeadLetter> }) {
  return (
    <>
      {page.items.length === 0 && <p className="text-ink-soft">{NONE[kind]}</p>}
      {page.items.length > 0 && (
        <>
          <LetterTable letters={page.items} selection={mayWrite ? SELECTION : undefined} />
          {mayWrite && <BulkActions kind={kind} />}
        </>
      )}
      <Pagination next={page.next_cursor} label="Pages of unhandled events" />
    </>
  );
}

function BulkActions({ kind }: { kind: DeadLetterKind }) {
  return (
    <BulkBar form={BULK} what="letters">
      <input type="hidden" name="kind" value={kind} />
      {kind !== "waiting" && (
        <SubmitButton intent="replay-letters" variant="secondary" pending="Replaying …">
          Replay selected
        </SubmitButton>
      )}
      <Button variant="danger" command="show-modal" commandfor="discard-selected">
        Discard selected …
      </Button>
      <Dialog
        id="discard-selected"
        title="Discard the selected events?"
        dismiss="Keep"
        actions={
          <SubmitButton intent="discard-letters" variant="danger" pending="Discarding …">
            Discard selected
          </SubmitButton>
        }
      >
        <p>Their consumers will never handle them. This can’t be undone.</p>
      </Dialog>
    </BulkBar>
  );
}
