import type { User } from "@dashboard/front/api/types.ts";
import { Badge } from "@dashboard/front/ui/badge.tsx";
import { When } from "@dashboard/front/ui/when.tsx";

const HEAD = "border-b border-line-strong px-3 py-2 text-left text-sm font-semibold text-ink-soft first:pl-0 last:pr-0";
const CELL = "border-b border-line px-3 py-3 align-top first:pl-0 last:pr-0";

/** On phones the less needed columns fold into the first one. */
export function UserTable({ users }: { users: User[] }) {
  return (
    <table className="users w-full border-collapse">
      <thead>
        <tr>
          <th scope="col" className={HEAD}>
            User
          </th>
          <th scope="col" className={HEAD}>
            Role
          </th>
          <th scope="col" className={`${HEAD} hidden sm:table-cell`}>
            Status
          </th>
          <th scope="col" className={`${HEAD} hidden md:table-cell`}>
            E-mail verified
          </th>
          <th scope="col" className={`${HEAD} hidden md:table-cell`}>
            Registered
          </th>
        </tr>
      </thead>
      <tbody>
        {users.map((user) => (
          <UserRow key={user.id} user={user} />
        ))}
      </tbody>
    </table>
  );
}

function UserRow({ user }: { user: User }) {
  const { name, email, role, status, email_verified_at, created_at } = user;
  return (
    <tr>
      <th scope="row" className={`${CELL} text-left font-normal`}>
        <span className="block font-semibold wrap-anywhere">{name || email}</span>
        {name && <span className="block text-sm text-ink-faint wrap-anywhere">{email}</span>}
        <span className="block text-sm text-ink-faint md:hidden">
          <When at={created_at} dateOnly />
        </span>
      </th>
      <td className={CELL}>
        <Badge tone={role === "user" ? "neutral" : "accent"}>{role}</Badge>{" "}
        {status !== "active" && (
          <span className="sm:hidden">
            <Badge tone="bad">{status}</Badge>
          </span>
        )}
      </td>
      <td className={`${CELL} hidden sm:table-cell`}>
        <Badge tone={status === "active" ? "good" : "bad"}>{status}</Badge>
      </td>
      <td className={`${CELL} hidden md:table-cell`}>
        {email_verified_at ? <When at={email_verified_at} dateOnly /> : <span className="text-ink-faint">Not yet</span>}
      </td>
      <td className={`${CELL} hidden md:table-cell`}>
        <When at={created_at} />
      </td>
    </tr>
  );
}
