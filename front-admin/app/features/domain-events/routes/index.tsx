import { part } from "@dashboard/front/api/part.server.ts";
import { unknownIntent } from "@dashboard/front/forms/intent.server.ts";
import { may } from "@dashboard/front/session/identity.ts";
import { sessionOf } from "@dashboard/front/session/middleware.server.ts";
import { PageHeader } from "@dashboard/front/ui/card.tsx";
import { ProblemNotice } from "@dashboard/front/ui/form.tsx";
import { loadLater } from "@dashboard/front/ui/load-later.ts";
import { useAnswer } from "@dashboard/front/ui/use-answer.ts";
import { Suspense } from "react";
import { Refresh } from "../../../ui/Refresh.tsx";
import { changeSeveral, letterKind, replay } from "../actions.server.ts";
import { listDeadLetters, listRecent, readStreams } from "../domain-events.server.ts";
import { DeadLetters } from "../ui/DeadLetters.tsx";
import { Overview } from "../ui/Overview.tsx";
import { RecentEvents } from "../ui/RecentEvents.tsx";
import type { Route } from "./+types/index";

const RECENT = 10;
const Streams = loadLater(() => import("../ui/Streams.tsx"));
const ReplayForm = loadLater(() => import("../ui/ReplayForm.tsx"));
const DEAD_LETTERS_A_PAGE = 25;

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
    case "replay-letters":
    case "discard-letters":
      return changeSeveral(session, form, url);
    default:
      throw unknownIntent(intent);
  }
}

export default function Events({ loaderData, actionData }: Route.ComponentProps) {
  const { streams, recent, letters, stream, kind, mayWrite, at } = loaderData;
  const names = streams.ok ? streams.data.streams.map(({ name }) => name) : [];
  const refused = useAnswer(actionData);
  const deadLettersFirst = kind !== "dead" || (letters.ok && letters.data.items.length > 0);
  const table = <Streams streams={streams} />;
  const atReplay = refused?.intent === "replay" ? refused : undefined;
  return (
    <>
      <PageHeader title="Events" aside={<Refresh at={at} />}>
        Events that features publish, how far their consumers are, and what they could not handle.
      </PageHeader>
      {refused && !atReplay && <Problem {...refused} />}
      <div className="grid gap-6">
        <Overview streams={streams} />
        {!deadLettersFirst && <Suspense>{table}</Suspense>}
        <DeadLetters letters={letters} kind={kind} mayWrite={mayWrite} />
        {deadLettersFirst && <Suspense>{table}</Suspense>}
        <RecentEvents recent={recent} stream={stream} names={names} />
        {mayWrite && streams.ok && (
          <Suspense>
            <ReplayForm streams={streams.data.streams} refused={atReplay} />
          </Suspense>
        )}
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
