import type { InvoiceState } from "../api/types.ts";
import { Badge, type BadgeTone } from "./badge.tsx";

const STATES: Record<InvoiceState, { tone: BadgeTone; text: string }> = {
  issued: { tone: "neutral", text: "Issued" },
  paid: { tone: "good", text: "Paid" },
  failed: { tone: "bad", text: "Failed" },
};
export function InvoiceMark({ state }: { state: InvoiceState }) {
  const { tone, text } = STATES[state];
  return <Badge tone={tone}>{text}</Badge>;
}
