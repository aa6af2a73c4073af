import { part } from "@dashboard/front/api/part.server.ts";
import { unknownIntent } from "@dashboard/front/forms/intent.server.ts";
import { may } from "@dashboard/front/session/identity.ts";
import { sessionOf } from "@dashboard/front/session/middleware.server.ts";
import { PageHeader } from "@dashboard/front/ui/card.tsx";
import { Done } from "@dashboard/front/ui/done.tsx";
import { ProblemNotice } from "@dashboard/front/ui/form.tsx";
import { useAnswer } from "@dashboard/front/ui/use-answer.ts";
import { useSearchParams } from "react-router";
import { changeLetter, letterKind, replay } from "../actions.server.ts";
import { listDeadLetters, listRecent, readStreams } from "../domain-events.server.ts";
import { DeadLetters } from "../ui/DeadLetters.tsx";
import { Overview } from "../ui/Overview.tsx";
import { RecentEvents } from "../ui/RecentEvents.tsx";
import { Refresh } from "../ui/Refresh.tsx";
import { ReplayForm } from "../ui/ReplayForm.tsx";
import { Streams } from "../ui/Streams.tsx";
import type { Route } from "./+types/index";

const RECENT = 20;
const DEAD_LETTERS_A_PAGE = 10;

export const meta: Route.MetaFunction = () => [{ title: "Events · Tools Dashboard administration" }];

export async function loader({ context, url }: Route.LoaderArgs) {
  const session = sessionOf(context);
  const stream = url.searchParams.get("stream");
  const kind = letterKind(url.searchParams.get("kind"));
  const cursor = url.searchParams.get("cursor");
  const [streams, recent, letters] = await Promise.all([
    part(readStreams(session)),
    part(listRecent(session, { stream, limit: RECENT })),
    part(listDeadLetters(session, { kind, cursor, limit: DEAD_LETTERS_A_PAGE })),
  ]);
  const mayWrite = may(session.identity, "events:write");
  return { streams, recent, letters, stream, kind, mayWrite, at: new Date().toISOString() };
}

export async function action({ request, context, url }: Route.ActionArgs) {
  const form = await request.formData();
  const session = sessionOf(context);
  const intent = form.get("intent");
  switch (intent) {
    case "replay":
      return replay(session, form, url);
    case "replay-letter":
    case "discard":
      return changeLetter(session, form, url);
    default:
      throw unknownIntent(intent);
  }
}

export default function Events({ loaderData, actionData }: Route.ComponentProps) {
  const { streams, recent, letters, stream, kind, mayWrite, at } = loaderData;
  const names = streams.ok ? streams.data.streams.map(({ name }) => name) : [];
  const refused = useAnswer(actionData);
  const atReplay = refused?.intent === "replay" ? refused : undefined;
  return (
    <>
      <PageHeader title="Events" aside={<Refresh at={at} />}>
        What happened, who has yet to handle it, and what nobody could handle.
      </PageHeader>
      {refused ? !atReplay && <Problem {...refused} /> : <Results />}
      <div className="grid gap-6">
        <Overview streams={streams} />
        <Streams streams={streams} />
        <DeadLetters letters={letters} kind={kind} mayWrite={mayWrite} />
        <RecentEvents recent={recent} stream={stream} names={names} />
        {mayWrite && streams.ok && <ReplayForm streams={streams.data.streams} refused={atReplay} />}
      </div>
    </>
  );
}

function Problem({ problem }: Parameters<typeof ProblemNotice>[0]) {
  return (
    <div className="mb-6">
      <ProblemNotice problem={problem} />
    </div>
  );
}

function Results() {
  const entries = Number(useSearchParams()[0].get("entries"));
  const many = entries === 1 ? "One event is" : `${entries || "No"} events are`;
  return (
    <Done
      messages={{
        replayed: "The event goes to its consumer once more.",
        discarded: "The event is discarded.",
        "replay-started": `${many} handled once more.`,
      }}
    />
  );
}
