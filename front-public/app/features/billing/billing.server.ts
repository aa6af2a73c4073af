/** The calls of this front about plans, the subscription and invoices. */
import { orNull } from "@dashboard/front/api/part.server.ts";
import type { Currency, Interval, Invoice, Page, Plan, PlanId, Subscription } from "@dashboard/front/api/types.ts";
import type { UserSession } from "@dashboard/front/session/session.server.ts";

export interface Choice {
  plan: PlanId;
  interval: Interval;
  currency: Currency;
  seats: number;
}

export async function readPlans(session: UserSession): Promise<Plan[]> {
  return (await session.api.get<{ items: Plan[] }>("/api/plans")).items;
}

export function readSubscription(session: UserSession): Promise<Subscription | null> {
  return orNull(session.api.get<Subscription>("/api/subscription"));
}

export function subscribe(session: UserSession, choice: Choice): Promise<Subscription> {
  return session.api.post("/api/subscription", { json: choice });
}

/** The currency of a running subscription stays. */
export function changeSubscription(session: UserSession, choice: Choice, version: string): Promise<Subscription> {
  const { plan, interval, seats } = choice;
  return session.api.patch("/api/subscription", { json: { plan, interval, seats }, version });
}

export function cancelSubscription(session: UserSession, version: string): Promise<void> {
  return session.api.delete("/api/subscription", { version });
}

export function listInvoices(session: UserSession, page: { limit: number; cursor?: string | null }) {
  return session.api.get<Page<Invoice>>("/api/invoices", page);
}
