import type { Event } from "@dashboard/front/api/types.ts";
import { Ago } from "@dashboard/front/table/ago.tsx";
import { Facts } from "@dashboard/front/table/facts.tsx";
import { Id, IdText } from "@dashboard/front/table/middle.tsx";
import { Card } from "@dashboard/front/ui/card.tsx";
import { Reference } from "@dashboard/front/ui/reference.tsx";
import { TextLink } from "@dashboard/front/ui/text-link.tsx";
import type { ReactNode } from "react";
import { Payload } from "./Payload.tsx";

interface EventCardProps {
  event: Event;
  /** Where it stands, and whether that is a page. */
  at: ReactNode;
  mayAudit: boolean;
}

/** What is known of an event, with the ways to its trace, its user and the audit log. */
export function EventCard({ event, at, mayAudit }: EventCardProps) {
  const { id, type, version, aggregate_id, user_id, correlation_id, occurred_at, data } = event;
  const facts: [string, ReactNode][] = [
    ["Type", `${type}, version ${version}`],
    ["Occurred", <Ago key="at" at={occurred_at} />],
    ["Entry", at],
    ["Event ID", <Id key="id" of={id} what="the event ID" />],
    ["About", <Id key="about" of={aggregate_id} what="the ID of what it is about" />],
  ];
  if (user_id) facts.push(["User", <UserLink key="user" id={user_id} />]);
  if (correlation_id) facts.push(["Trace", <Reference key="trace" id={correlation_id} />]);
  if (mayAudit) facts.push(["Audit log", <AuditLink key="audit" of={aggregate_id} />]);
  return (
    <Card title="Event">
      <Facts facts={facts} />
      <Payload of={data} name="Data" open />
    </Card>
  );
}

function UserLink({ id }: { id: string }) {
  return (
    <TextLink to={`/users/${id}`}>
      <IdText of={id} />
    </TextLink>
  );
}

export function AuditLink({ of }: { of: string }) {
  return <TextLink to={`/audit?${new URLSearchParams({ subject: of })}`}>Related entries</TextLink>;
}
