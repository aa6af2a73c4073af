import type { User } from "@dashboard/front/api/types.ts";
import { Badge } from "@dashboard/front/ui/badge.tsx";
import { ROLES } from "../list.ts";

export function RoleMark({ role }: Pick<User, "role">) {
  const label = ROLES[role] ?? role;
  return role === "user" ? <span>{label}</span> : <Badge tone="accent">{label}</Badge>;
}

export function StatusMark({ status }: Pick<User, "status">) {
  if (status !== "active") return <Badge tone="bad">{status === "suspended" ? "Suspended" : status}</Badge>;
  return (
    <span className="inline-flex items-center gap-2">
      <span aria-hidden className="size-2 rounded-full bg-good" />
      Active
    </span>
  );
}

/** The dot is for the eye; what it means is there in words too. */
export function Online() {
  return (
    <span className="online ml-2 inline-flex items-center gap-1.5 text-sm whitespace-nowrap text-good">
      <span aria-hidden className="size-2 rounded-full bg-good" />
      Online
    </span>
  );
}
