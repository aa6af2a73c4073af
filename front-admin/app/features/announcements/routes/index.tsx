import { part } from "@dashboard/front/api/part.server.ts";
import { unknownIntent } from "@dashboard/front/forms/intent.server.ts";
import { sessionOf } from "@dashboard/front/session/middleware.server.ts";
import { Card, PageHeader } from "@dashboard/front/ui/card.tsx";
import { Empty } from "@dashboard/front/ui/empty.tsx";
import { Pagination } from "@dashboard/front/ui/pagination.tsx";
import { Unavailable } from "@dashboard/front/ui/unavailable.tsx";
import { useAnswer } from "@dashboard/front/ui/use-answer.ts";
import { usePolling } from "@dashboard/front/ui/use-polling.ts";
import Megaphone from "lucide/dist/esm/icons/megaphone.mjs";
import { useLocation } from "react-router";
import { count, preview, send } from "../actions.server.ts";
import { listAnnouncements } from "../announcements.server.ts";
import { AnnouncementCard, isUnderWay } from "../ui/AnnouncementCard.tsx";
import { AnnouncementForm } from "../ui/AnnouncementForm.tsx";
import type { Route } from "./+types/index";

const A_PAGE = 10;
const POLL_MILLISECONDS = 2_000;

export const meta: Route.MetaFunction = () => [{ title: "Announcements · Tools Dashboard administration" }];

export async function loader({ context, url }: Route.LoaderArgs) {
  const cursor = url.searchParams.get("cursor");
  const announcements = await part(listAnnouncements(sessionOf(context), { limit: A_PAGE, cursor }));
  return { announcements, key: crypto.randomUUID() };
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await request.formData();
  const session = sessionOf(context);
  const intent = form.get("intent");
  switch (intent) {
    case "count":
      return count(session, form);
    case "send":
      return send(session, form);
    case "preview":
      return preview(session, form);
    default:
      throw unknownIntent(intent);
  }
}

export default function Announcements({ loaderData: { announcements, key }, actionData }: Route.ComponentProps) {
  const items = announcements.ok ? announcements.data.items : [];
  const visit = useLocation().key;
  const answer = useAnswer(actionData);
  const asked = answer && "draft" in answer ? answer : undefined;
  usePolling(items.some(isUnderWay), POLL_MILLISECONDS);
  return (
    <>
      <PageHeader title="Announcements">
        Messages to many people at once: live, in the bell, and by email to those who want that.
      </PageHeader>
      <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)] lg:items-start">
        <Card title="New announcement">
          <AnnouncementForm key={asked ? "asked" : visit} newKey={key} asked={asked} />
        </Card>
        <section aria-labelledby="sent">
          <h2 id="sent" className="mb-4 text-xl">
            Sent so far
          </h2>
          {!announcements.ok && <Unavailable what="The announcements" problem={announcements.problem} />}
          {announcements.ok && items.length === 0 && (
            <Empty icon={Megaphone} title="None yet">
              What you announce shows here, with how many it has reached.
            </Empty>
          )}
          <ul className="grid gap-4">
            {items.map((announcement) => (
              <li key={announcement.id}>
                <AnnouncementCard announcement={announcement} />
              </li>
            ))}
          </ul>
          {announcements.ok && <Pagination next={announcements.data.next_cursor} label="Announcement pages" />}
        </section>
      </div>
    </>
  );
}
