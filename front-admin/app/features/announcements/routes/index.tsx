import { unknownIntent } from "@dashboard/front/forms/intent.server.ts";
import { sessionOf } from "@dashboard/front/session/middleware.server.ts";
import { listed } from "@dashboard/front/table/list.server.ts";
import { NoList, Nothing } from "@dashboard/front/table/nothing.tsx";
import { Card, PageHeader } from "@dashboard/front/ui/card.tsx";
import { Pagination } from "@dashboard/front/ui/pagination.tsx";
import { useAnswer } from "@dashboard/front/ui/use-answer.ts";
import { usePolling } from "@dashboard/front/ui/use-polling.ts";
import Megaphone from "lucide/dist/esm/icons/megaphone.mjs";
import { useLocation } from "react-router";
import { count, preview, send } from "../actions.server.ts";
import { listAnnouncements } from "../announcements.server.ts";
import { AnnouncementForm } from "../ui/AnnouncementForm.tsx";
import { AnnouncementTable } from "../ui/AnnouncementTable.tsx";
import { isUnderWay } from "../ui/StateMark.tsx";
import type { Route } from "./+types/index";

const A_PAGE = 25;
const POLL_MILLISECONDS = 2_000;

export const meta: Route.MetaFunction = () => [{ title: "Announcements · Tools Dashboard administration" }];

export async function loader({ context, url }: Route.LoaderArgs) {
  const cursor = url.searchParams.get("cursor");
  const announcements = await listed(listAnnouncements(sessionOf(context), { limit: A_PAGE, cursor }));
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
        Messages to many people at once: live, in their notifications, and by email to those who want that.
      </PageHeader>
      <div className="grid gap-6">
        <Card title="New announcement">
          <AnnouncementForm key={asked ? "asked" : visit} newKey={key} asked={asked} />
        </Card>
        <Card title="Sent announcements">
          {!announcements.ok && <NoList what="The announcements" problem={announcements.problem} names={["cursor"]} />}
          {announcements.ok && items.length === 0 && (
            <Nothing icon={Megaphone} title="No announcements yet" narrowed={null}>
              What you send shows here, with how many people it has reached.
            </Nothing>
          )}
          {items.length > 0 && <AnnouncementTable announcements={items} />}
          {announcements.ok && <Pagination next={announcements.data.next_cursor} label="Announcement pages" />}
        </Card>
      </div>
    </>
  );
}
