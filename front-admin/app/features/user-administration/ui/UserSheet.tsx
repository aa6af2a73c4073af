import type { User } from "@dashboard/front/api/types.ts";
import { Ago } from "@dashboard/front/table/ago.tsx";
import { Facts } from "@dashboard/front/table/facts.tsx";
import { Id } from "@dashboard/front/table/middle.tsx";
import { Address } from "@dashboard/front/table/person.tsx";
import { Avatar } from "@dashboard/front/ui/avatar.tsx";
import { Card } from "@dashboard/front/ui/card.tsx";
import { TextLink } from "@dashboard/front/ui/text-link.tsx";
import { Unavailable } from "@dashboard/front/ui/unavailable.tsx";
import { InvoiceTable } from "../../billing/ui/InvoiceTable.tsx";
import type { UserDetail } from "../user-administration.server.ts";
import { Online, RoleMark, StatusMark } from "./Marks.tsx";
import { Timeline } from "./Timeline.tsx";

export function UserName({ user: { name, email } }: { user: User }) {
  return (
    <span className="flex items-center gap-3">
      <Avatar name={name || email} />
      <bdi className="min-w-0 wrap-anywhere">{name || <Address of={email} />}</bdi>
    </span>
  );
}

/** What is known of an account: on its page, and in the panel beside the list. */
export function UserSheet({ detail: { user, isOnline, history, invoices } }: { detail: UserDetail }) {
  return (
    <div className="grid gap-5">
      <Card title="Account" aside={isOnline && <Online />}>
        <Facts
          facts={[
            ["Email", <Address key="email" of={user.email} />],
            ["Email verified", user.email_verified_at ? <Ago key="verified" at={user.email_verified_at} /> : "Not yet"],
            ["Role", <RoleMark key="role" role={user.role} />],
            ["Status", <StatusMark key="status" status={user.status} />],
            ["Registered", <Ago key="registered" at={user.created_at} />],
            ["User ID", <Id key="id" of={user.id} what="the user ID" />],
          ]}
        />
      </Card>
      {invoices && (
        <Card title="Invoices">
          {!invoices.ok && <Unavailable what="The invoices" problem={invoices.problem} />}
          {invoices.ok && invoices.data.length === 0 && <p className="text-ink-soft">No invoices.</p>}
          {invoices.ok && invoices.data.length > 0 && <InvoiceTable invoices={invoices.data} ofOne />}
        </Card>
      )}
      {history && (
        <Card
          title="Activity"
          aside={
            <span className="flex flex-wrap gap-x-4 text-sm">
              <TextLink to={`/audit?actor=${user.id}`}>By this user</TextLink>
              <TextLink to={`/audit?subject=${user.id}`}>About this user</TextLink>
            </span>
          }
        >
          {history.ok ? <Timeline {...history.data} /> : <Unavailable what="The activity" problem={history.problem} />}
        </Card>
      )}
    </div>
  );
}
