import type { ListedUser } from "@dashboard/front/api/types.ts";
import { Ago } from "@dashboard/front/table/ago.tsx";
import type { Column } from "@dashboard/front/table/column.ts";
import { DataTable } from "@dashboard/front/table/data-table.tsx";
import { Address, Person } from "@dashboard/front/table/person.tsx";
import { RowLink } from "@dashboard/front/table/row-link.tsx";
import { PLANS, ROLES } from "../list.ts";
import { Online, RoleMark, StatusMark } from "./Marks.tsx";

interface UserTableProps {
  users: ListedUser[];
  /** The ids of those who have a page open now. */
  online?: string[];
  /** The order; without it the table cannot be sorted. */
  sort?: string;
}

export function UserTable({ users, online = [], sort }: UserTableProps) {
  return (
    <DataTable
      caption="Users"
      columns={userColumns(online)}
      rows={users}
      keyOf={({ id }) => id}
      sort={sort}
      className="users"
    />
  );
}

/** Whoever has no subscription is on the free plan. */
const planOf = ({ plan }: ListedUser): string => PLANS[plan ?? "free"] ?? plan;

export const userColumns = (online: string[]): Column<ListedUser>[] => [
  {
    title: "Name",
    sort: "name",
    csv: ({ name }) => name,
    cell: ({ id, name, email }) => (
      <Person name={name} email={email} aside={online.includes(id) && <Online />}>
        <RowLink to={`/users/${id}`} id={id}>
          <bdi>{name || <Address of={email} />}</bdi>
        </RowLink>
      </Person>
    ),
  },
  { title: "Role", cell: RoleMark, csv: ({ role }) => ROLES[role] ?? role },
  { title: "Plan", cell: planOf, csv: planOf },
  { title: "Status", cell: StatusMark, csv: ({ status }) => status },
  {
    title: "Email verified",
    cell: ({ email_verified_at: at }) => (at ? <Ago at={at} /> : <span className="text-ink-faint">Not yet</span>),
    csv: ({ email_verified_at }) => email_verified_at,
  },
  {
    title: "Registered",
    sort: "created_at",
    cell: ({ created_at }) => <Ago at={created_at} />,
    csv: ({ created_at }) => created_at,
  },
];
