import { part } from "@dashboard/front/api/part.server.ts";
import { sessionOf } from "@dashboard/front/session/middleware.server.ts";
import { Ago } from "@dashboard/front/table/ago.tsx";
import { Facts } from "@dashboard/front/table/facts.tsx";
import { IdText } from "@dashboard/front/table/middle.tsx";
import { Card, PageHeader } from "@dashboard/front/ui/card.tsx";
import { TextLink } from "@dashboard/front/ui/text-link.tsx";
import { Unavailable } from "@dashboard/front/ui/unavailable.tsx";
import { readAnnouncement } from "../announcements.server.ts";
import { describeAudience, people } from "../draft.ts";
import { StateMark } from "../ui/StateMark.tsx";
import type { Route } from "./+types/announcement";

export const meta: Route.MetaFunction = ({ loaderData }) => {
  const { announcement } = loaderData ?? {};
  const title = announcement?.ok ? announcement.data.title : "Announcement";
  return [{ title: `${title} · Tools Dashboard administration` }];
};

export async function loader({ context, params: { announcementId } }: Route.LoaderArgs) {
  return { announcement: await part(readAnnouncement(sessionOf(context), announcementId)) };
}

export default function AnnouncementPage({ loaderData: { announcement } }: Route.ComponentProps) {
  if (!announcement.ok) return <Unavailable what="The announcement" problem={announcement.problem} />;
  const { id, title, body, link, audience, state, recipients, delivered, created_by, created_at, finished_at } =
    announcement.data;
  return (
    <>
      <PageHeader
        title={<bdi className="wrap-anywhere">{title}</bdi>}
        aside={<TextLink to="/announcements">All announcements</TextLink>}
      />
      <div className="grid gap-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)] lg:items-start">
        <Card title="Message">
          <p dir="auto" className="whitespace-pre-line wrap-anywhere">
            {body}
          </p>
          {link && <p className="mt-3 text-sm text-ink-soft wrap-anywhere">Link: {link}</p>}
        </Card>
        <Card title="Delivery" aside={<StateMark state={state} />}>
          <Facts
            facts={[
              ["Audience", describeAudience(audience)],
              ["Delivered", `${delivered.toLocaleString("en")} of ${people(recipients)}`],
              ["Sent", <Ago key="sent" at={created_at} />],
              ["Finished", finished_at ? <Ago key="finished" at={finished_at} /> : "Not yet"],
              ["By", created_by ? <By key="by" id={created_by} /> : "A deleted user"],
              [
                "Audit log",
                <TextLink key="audit" to={`/audit?subject=${id}`}>
                  Related entries
                </TextLink>,
              ],
            ]}
          />
        </Card>
      </div>
    </>
  );
}

function By({ id }: { id: string }) {
  return (
    <TextLink to={`/users/${id}`}>
      <IdText of={id} />
    </TextLink>
  );
}
