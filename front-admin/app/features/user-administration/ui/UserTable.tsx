import type { User } from "@dashboard/front/api/types.ts";
import { Avatar } from "@dashboard/front/ui/avatar.tsx";
import { Badge } from "@dashboard/front/ui/badge.tsx";
import { When } from "@dashboard/front/ui/when.tsx";

const HEAD = "px-3 pb-2.5 text-left text-sm font-semibold text-ink-faint first:pl-0 last:pr-0";
const CELL = "border-t border-line px-3 py-3 align-middle first:pl-0 last:pr-0";

interface UserTableProps {
  users: User[];
  /** The ids of those who have a page open now. */
  online?: string[];
}

/** On phones the less needed columns fold into the first one. */
export function UserTable({ users, online = [] }: UserTableProps) {
  return (
    <table className="users w-full border-collapse">
      <thead>
        <tr>
          <th scope="col" className={`${HEAD} w-full md:w-auto`}>
            User
          </th>
          <th scope="col" className={HEAD}>
            Role
          </th>
          <th scope="col" className={`${HEAD} hidden sm:table-cell`}>
            Status
          </th>
          <th scope="col" className={`${HEAD} hidden whitespace-nowrap md:table-cell`}>
            E-mail verified
          </th>
          <th scope="col" className={`${HEAD} hidden md:table-cell`}>
            Registered
          </th>
        </tr>
      </thead>
      <tbody>
        {users.map((user) => (
          <UserRow key={user.id} user={user} isOnline={online.includes(user.id)} />
        ))}
      </tbody>
    </table>
  );
}

function UserRow({ user, isOnline }: { user: User; isOnline: boolean }) {
  const { name, email, role, status, email_verified_at, created_at } = user;
  const isActive = status === "active";
  return (
    <tr className="hover:bg-sunken/40">
      <th scope="row" className={`${CELL} text-left font-normal`}>
        <span className="flex items-start gap-3">
          <span className="hidden sm:block">
            <Avatar name={name || email} />
          </span>
          <span className="min-w-0">
            <span className="font-semibold wrap-anywhere">{name || email}</span>
            {isOnline && <Online />}
            {name && <span className="block text-sm text-ink-faint wrap-anywhere">{email}</span>}
            <span className="block text-sm text-ink-faint md:hidden">
              <When at={created_at} dateOnly />
            </span>
          </span>
        </span>
      </th>
      <td className={`${CELL} capitalize`}>
        {role === "user" ? <span className="text-ink-soft">{role}</span> : <Badge tone="accent">{role}</Badge>}
        {!isActive && (
          <span className="mt-1 block sm:hidden">
            <Badge tone="bad">{status}</Badge>
          </span>
        )}
      </td>
      <td className={`${CELL} hidden capitalize sm:table-cell`}>
        {isActive ? (
          <span className="inline-flex items-center gap-2 text-ink-soft">
            <span className="size-2 rounded-full bg-good" />
            {status}
          </span>
        ) : (
          <Badge tone="bad">{status}</Badge>
        )}
      </td>
      <td className={`${CELL} hidden text-ink-soft md:table-cell`}>
        {email_verified_at ? <When at={email_verified_at} dateOnly /> : <span className="text-ink-faint">Not yet</span>}
      </td>
      <td className={`${CELL} hidden text-ink-soft md:table-cell`}>
        <When at={created_at} />
      </td>
    </tr>
  );
}

/** The dot is for the eye; what it means is there in words too. */
function Online() {
  return (
    <span className="online ml-2 inline-flex items-center gap-1.5 text-sm whitespace-nowrap text-good">
      <span aria-hidden className="size-2 rounded-full bg-good" />
      Online
    </span>
  );
}
