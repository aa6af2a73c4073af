import { orNull, part } from "@dashboard/front/api/part.server.ts";
import { may } from "@dashboard/front/session/identity.ts";
import { sessionOf } from "@dashboard/front/session/middleware.server.ts";
import type { Named } from "@dashboard/front/shell/breadcrumb.tsx";
import { Card, PageHeader } from "@dashboard/front/ui/card.tsx";
import { Empty } from "@dashboard/front/ui/empty.tsx";
import { TextLink } from "@dashboard/front/ui/text-link.tsx";
import { Unavailable } from "@dashboard/front/ui/unavailable.tsx";
import RadioTower from "lucide/dist/esm/icons/radio-tower.mjs";
import { data } from "react-router";
import { readEvent } from "../domain-events.server.ts";
import { streamNamed } from "../places.ts";
import { EventCard } from "../ui/EventCard.tsx";
import { LetterTable } from "../ui/LetterTable.tsx";
import type { Route } from "./+types/event";

type Loaded = Awaited<ReturnType<typeof loader>>["data"];

const titleOf = (loaded: Loaded | undefined) => (loaded?.found.ok && loaded.found.data?.event.type) || "Event";

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: `${titleOf(loaderData)} · Tools Dashboard administration` },
];

export const handle: Named<Loaded> = { crumb: ({ loaderData }) => titleOf(loaderData) };

export async function loader({ context, params: { stream, entryId } }: Route.LoaderArgs) {
  const session = sessionOf(context);
  const found = await part(orNull(readEvent(session, streamNamed(stream), entryId)));
  const mayAudit = may(session.identity, "audit:read");
  return data({ found, mayAudit }, { status: found.ok && !found.data ? 404 : 200 });
}

export default function EventPage({ loaderData }: Route.ComponentProps) {
  const { found, mayAudit } = loaderData;
  return (
    <>
      <PageHeader title={titleOf(loaderData)} aside={<TextLink to="/events">All events</TextLink>} />
      {!found.ok && <Unavailable what="The event" problem={found.problem} />}
      {found.ok && !found.data && (
        <Empty icon={RadioTower} title="This event is gone">
          Streams keep their newest events only, and this one is no longer among them.
        </Empty>
      )}
      {found.ok && found.data && (
        <div className="grid gap-6">
          {found.data.dead_letters.length > 0 && (
            <Card title="Not handled">
              <LetterTable letters={found.data.dead_letters} ofOne />
            </Card>
          )}
          <EventCard
            event={found.data.event}
            at={`${found.data.stream} · ${found.data.entry_id}`}
            mayAudit={mayAudit}
          />
        </div>
      )}
    </>
  );
}
