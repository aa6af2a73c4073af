import { orNull, part } from "@dashboard/front/api/part.server.ts";
import type { DeadLetter } from "@dashboard/front/api/types.ts";
import { unknownIntent } from "@dashboard/front/forms/intent.server.ts";
import { may } from "@dashboard/front/session/identity.ts";
import { sessionOf } from "@dashboard/front/session/middleware.server.ts";
import type { Named } from "@dashboard/front/shell/breadcrumb.tsx";
import { Card, PageHeader } from "@dashboard/front/ui/card.tsx";
import { Empty } from "@dashboard/front/ui/empty.tsx";
import { TextLink } from "@dashboard/front/ui/text-link.tsx";
import { Unavailable } from "@dashboard/front/ui/unavailable.tsx";
import { useAnswer } from "@dashboard/front/ui/use-answer.ts";
import RadioTower from "lucide/dist/esm/icons/radio-tower.mjs";
import { data } from "react-router";
import { changeLetter } from "../actions.server.ts";
import { readLetter } from "../domain-events.server.ts";
import { isLetterKind, listPath, nameOf, originPath } from "../places.ts";
import { EventCard } from "../ui/EventCard.tsx";
import { LetterActions } from "../ui/LetterActions.tsx";
import { LetterCard } from "../ui/LetterCard.tsx";
import { Payload } from "../ui/Payload.tsx";
import type { Route } from "./+types/letter";

type Loaded = Awaited<ReturnType<typeof loader>>["data"];

const titleOf = (loaded: Loaded | undefined) =>
  loaded?.letter.ok && loaded.letter.data ? nameOf(loaded.letter.data) : "Unhandled event";

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: `${titleOf(loaderData)} · Tools Dashboard administration` },
];

export const handle: Named<Loaded> = { crumb: ({ loaderData }) => titleOf(loaderData) };

/** Refuses an address with a kind that does not exist. */
function named({ kind, letterId }: Route.LoaderArgs["params"]) {
  if (!isLetterKind(kind)) throw data(null, { status: 404 });
  return { kind, id: letterId };
}

export async function loader({ context, params }: Route.LoaderArgs) {
  const session = sessionOf(context);
  const { id, kind } = named(params);
  const letter = await part(orNull(readLetter(session, id, kind)));
  const rights = { mayWrite: may(session.identity, "events:write"), mayAudit: may(session.identity, "audit:read") };
  return data({ letter, kind, ...rights }, { status: letter.ok && !letter.data ? 404 : 200 });
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const intent = (await request.formData()).get("intent");
  if (intent !== "replay-letter" && intent !== "discard") throw unknownIntent(intent);
  return changeLetter(sessionOf(context), intent, named(params));
}

export default function LetterPage({ loaderData, actionData }: Route.ComponentProps) {
  const { letter, kind, mayWrite, mayAudit } = loaderData;
  const problem = useAnswer(actionData)?.problem;
  return (
    <>
      <PageHeader title={titleOf(loaderData)} aside={<TextLink to={listPath(kind)}>All unhandled events</TextLink>} />
      {!letter.ok && <Unavailable what="The event" problem={letter.problem} />}
      {letter.ok && !letter.data && (
        <Empty icon={RadioTower} title="This letter is gone">
          It has been replayed, discarded or retried successfully.
        </Empty>
      )}
      {letter.ok && letter.data && (
        <div className="grid gap-6">
          <LetterCard letter={letter.data} mayAudit={mayAudit}>
            {mayWrite && <LetterActions letter={letter.data} problem={problem} />}
          </LetterCard>
          <Content letter={letter.data} mayAudit={mayAudit} />
        </div>
      )}
    </>
  );
}

function Content({ letter, mayAudit }: { letter: DeadLetter; mayAudit: boolean }) {
  const { event, stream, entry_id, text } = letter;
  const origin = originPath(letter);
  const words = [stream, entry_id].filter(Boolean).join(" · ");
  if (event)
    return (
      <EventCard event={event} at={origin ? <TextLink to={origin}>{words}</TextLink> : words} mayAudit={mayAudit} />
    );
  return (
    <Card title="Text">
      <p className="text-ink-faint wrap-anywhere">{words}</p>
      <Payload of={text} name="Text" open />
    </Card>
  );
}
