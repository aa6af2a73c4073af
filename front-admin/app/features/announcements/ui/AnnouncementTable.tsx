import type { Announcement } from "@dashboard/front/api/types.ts";
import { Ago } from "@dashboard/front/table/ago.tsx";
import type { Column } from "@dashboard/front/table/column.ts";
import { DataTable } from "@dashboard/front/table/data-table.tsx";
import { Progress } from "@dashboard/front/ui/progress.tsx";
import { TextLink } from "@dashboard/front/ui/text-link.tsx";
import { describeAudience } from "../draft.ts";
import { isUnderWay, StateMark } from "./StateMark.tsx";

const COLUMNS: Column<Announcement>[] = [
  {
    title: "Title",
    cell: ({ id, title }) => (
      <TextLink to={`/announcements/${id}`} className="font-semibold wrap-anywhere">
        <bdi>{title}</bdi>
      </TextLink>
    ),
  },
  { title: "State", cell: (announcement) => <State announcement={announcement} /> },
  { title: "Audience", cell: ({ audience }) => describeAudience(audience) },
  {
    title: "Delivered",
    right: true,
    cell: ({ delivered, recipients }) => `${delivered.toLocaleString("en")} of ${recipients.toLocaleString("en")}`,
  },
  { title: "Sent", cell: ({ created_at }) => <Ago at={created_at} /> },
  {
    title: "Finished",
    cell: ({ finished_at }) => (finished_at ? <Ago at={finished_at} /> : <span className="text-ink-faint">–</span>),
  },
];

export function AnnouncementTable({ announcements }: { announcements: Announcement[] }) {
  return (
    <DataTable
      caption="Announcements, newest first"
      columns={COLUMNS}
      rows={announcements}
      keyOf={({ id }) => id}
      className="announcements"
    />
  );
}

function State({ announcement }: { announcement: Announcement }) {
  const { state, recipients, delivered } = announcement;
  return (
    <span className="grid gap-1">
      <span>
        <StateMark state={state} />
      </span>
      {isUnderWay(announcement) && (
        <Progress value={recipients > 0 ? delivered / recipients : 0} label="Delivered so far" />
      )}
    </span>
  );
}
