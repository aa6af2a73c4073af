import type { DeadLetter } from "@dashboard/front/api/types.ts";
import { Ago } from "@dashboard/front/table/ago.tsx";
import { Facts } from "@dashboard/front/table/facts.tsx";
import { Id } from "@dashboard/front/table/middle.tsx";
import { Badge } from "@dashboard/front/ui/badge.tsx";
import { Card } from "@dashboard/front/ui/card.tsx";
import type { ReactNode } from "react";
import { KINDS } from "../places.ts";
import { AuditLink } from "./EventCard.tsx";

interface LetterCardProps {
  letter: DeadLetter;
  mayAudit: boolean;
  /** What can be done about it. */
  children: ReactNode;
}

/** Why an event was not handled, by whom, and since when. */
export function LetterCard({ letter, mayAudit, children }: LetterCardProps) {
  const { id, kind, group, error, buried_at, deliveries } = letter;
  const facts: [string, ReactNode][] = [
    ["Group", group || "None: it never reached its stream"],
    ["Since", <Ago key="since" at={buried_at} />],
    ["Letter ID", <Id key="id" of={id} what="the letter ID" />],
  ];
  if (deliveries && kind !== "waiting") facts.push(["Tries", deliveries]);
  if (mayAudit) facts.push(["Audit log", <AuditLink key="audit" of={id} />]);
  return (
    <Card
      title="Why it was not handled"
      aside={<Badge tone={kind === "aside" ? "neutral" : "warn"}>{KINDS[kind]}</Badge>}
    >
      <p className="mb-4 font-semibold text-bad wrap-anywhere">{error}</p>
      <Facts facts={facts} />
      {children && <div className="mt-5">{children}</div>}
    </Card>
  );
}
