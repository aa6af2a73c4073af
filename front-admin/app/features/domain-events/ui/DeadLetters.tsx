import type { Part } from "@dashboard/front/api/problem.ts";
import type { DeadLetter, DeadLetterKind, Page } from "@dashboard/front/api/types.ts";
import { Ago } from "@dashboard/front/table/ago.tsx";
import { BulkBar, selectionOf } from "@dashboard/front/table/selection.tsx";
import { Badge } from "@dashboard/front/ui/badge.tsx";
import { Button, buttonClass, SubmitButton } from "@dashboard/front/ui/button.tsx";
import { Card } from "@dashboard/front/ui/card.tsx";
import { Dialog } from "@dashboard/front/ui/dialog.tsx";
import { Pagination } from "@dashboard/front/ui/pagination.tsx";
import { Unavailable } from "@dashboard/front/ui/unavailable.tsx";
import { Form } from "react-router";
import { Choices } from "./Choices.tsx";
import { EventLinks } from "./EventLinks.tsx";
import { Payload } from "./Payload.tsx";

const KINDS = [
  { label: "Dead letters", value: null },
  { label: "Waiting", value: "waiting" },
  { label: "Parked", value: "aside" },
  { label: "Never sent", value: "unsent" },
];

const NONE: Record<DeadLetterKind, string> = {
  dead: "None: every event was handled.",
  aside: "None: every consumer knows the events that it gets, and no feature with a consumer is off.",
  unsent: "None: every event came to its stream.",
  waiting: "None: no consumer waits for a service that is away.",
};

const WAITING =
  "Each of these waits for a service that does not answer, and is tried again by itself; events of other people go on " +
  "as far as they can. Mend the service, or discard the event if it alone is the trouble.";

interface DeadLettersProps {
  letters: Part<Page<DeadLetter>>;
  kind: DeadLetterKind;
  mayWrite: boolean;
}

export function DeadLetters({ letters, kind, mayWrite }: DeadLettersProps) {
  return (
    <Card title="What could not be handled" id="letters">
      <Choices label="Why" name="kind" choices={KINDS} chosen={kind === "dead" ? null : kind} />
      {!letters.ok && <Unavailable what="What could not be handled" problem={letters.problem} />}
      {kind === "waiting" && <p className="mb-4 text-ink-soft">{WAITING}</p>}
      {letters.ok && letters.data.items.length === 0 && <p className="text-ink-soft">{NONE[kind]}</p>}
      {letters.ok && mayWrite && letters.data.items.length > 1 && <p className="mb-3">{SELECTION.all}</p>}
      {letters.ok && (
        <ul className="rows">
          {letters.data.items.map((letter) => (
            <li key={letter.id} className="letter">
              <Letter letter={letter} selectable={mayWrite && letters.data.items.length > 1} />
              {mayWrite && <Actions letter={letter} />}
            </li>
          ))}
        </ul>
      )}
      {letters.ok && mayWrite && letters.data.items.length > 1 && <BulkActions kind={kind} />}
      {letters.ok && <Pagination next={letters.data.next_cursor} label="Pages of what could not be handled" />}
    </Card>
  );
}

const BULK = "bulk-letters";
const SELECTION = selectionOf<DeadLetter>({
  form: BULK,
  idOf: ({ id }) => id,
  labelOf: ({ id, event }) => `${event?.type ?? "what is no event"}, ${id}`,
});

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
        dismiss="Keep them"
        actions={
          <SubmitButton intent="discard-letters" variant="danger" pending="Discarding …">
            Discard them
          </SubmitButton>
        }
      >
        <p>Their consumers will never handle them: what they stood for does not happen.</p>
      </Dialog>
    </BulkBar>
  );
}

function Letter({ letter, selectable }: { letter: DeadLetter; selectable: boolean }) {
  const { kind, event, stream, entry_id, group, error, buried_at, deliveries, text } = letter;
  return (
    <>
      <p className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <span className="flex min-w-0 items-center gap-3">
          {selectable && SELECTION.one(letter)}
          <strong className="wrap-anywhere">{event?.type ?? "Not an event"}</strong>
        </span>
        <span className="text-sm text-ink-faint">
          <Ago at={buried_at} />
        </span>
      </p>
      <p className="mt-1 text-sm text-ink-faint wrap-anywhere">{[stream, entry_id].filter(Boolean).join(" · ")}</p>
      <p className="mt-1.5 flex flex-wrap gap-2">
        {group && <Badge>{group}</Badge>}
        {deliveries && kind !== "waiting" ? (
          <Badge>{deliveries === 1 ? "tried once" : `tried ${deliveries} times`}</Badge>
        ) : null}
      </p>
      <p className="mt-2 font-semibold text-bad wrap-anywhere">{error}</p>
      {event && <EventLinks of={event} />}
      <Payload of={event ?? text} name={event ? "Event" : "Text"} />
    </>
  );
}

function Actions({ letter: { id, kind, event, group } }: { letter: DeadLetter }) {
  const dialog = `discard-${id}`;
  const name = event?.type ?? "what is no event";
  return (
    <Form method="post" preventScrollReset className="mt-3 flex flex-wrap gap-2">
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="kind" value={kind} />
      {kind !== "waiting" && (
        <button
          type="submit"
          name="intent"
          value="replay-letter"
          aria-label={`Replay: ${name}`}
          className={buttonClass("secondary", "text-sm")}
        >
          Replay
        </button>
      )}
      <Button
        variant="danger"
        command="show-modal"
        commandfor={dialog}
        aria-label={`Discard: ${name}`}
        className="text-sm"
      >
        Discard …
      </Button>
      <Dialog
        id={dialog}
        title="Discard this event?"
        dismiss="Keep it"
        actions={
          <SubmitButton intent="discard" variant="danger" pending="Discarding …">
            Discard it
          </SubmitButton>
        }
      >
        <p className="wrap-anywhere">
          {group ? `The group ${group} will never handle it` : "No consumer will ever get it"}: what it stood for does
          not happen.{" "}
          {kind === "waiting" ? "It is tried again by itself until then." : "Replaying it does no harm, even twice."}
        </p>
      </Dialog>
    </Form>
  );
}
