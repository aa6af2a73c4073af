/** Plans, who pays for which, and the runs that bill them. */
import type { TaskState } from "./common.ts";

export type PlanId = "free" | "pro";
export type Interval = "month" | "year";
export type Currency = "EUR" | "USD";

export interface Price {
  interval: Interval;
  currency: Currency;
  amount_minor: number;
}

/** `prices` are per seat. */
export interface Plan {
  id: PlanId;
  name: string;
  description: string;
  features: string[];
  prices: Price[];
}

export interface Subscription {
  id: string;
  user_id: string;
  plan: PlanId;
  interval: Interval;
  currency: Currency;
  seats: number;
  state: "active" | "canceled";
  next_due_on: string | null;
  started_at: string;
  canceled_at?: string | null;
  version: number;
}

export interface Invoice {
  id: string;
  number: string;
  user_id: string;
  subscription_id: string;
  run_id: string;
  period: string;
  plan: PlanId;
  currency: Currency;
  amount_minor: number;
  state: "issued" | "paid" | "failed";
  lines: { description: string; quantity: number; unit_amount_minor: number; amount_minor: number }[];
  issued_at: string;
}

export interface BillingRun {
  id: string;
  task_id: string;
  period: string;
  dry_run: boolean;
  state: TaskState;
  requested_by?: string | null;
  due: number;
  processed: number;
  invoices: number;
  total_minor: Record<string, number>;
  error?: string | null;
  created_at: string;
  finished_at?: string | null;
}

/** 202 of `POST /api/billing/runs`. */
export type BillingRunAccepted = Pick<BillingRun, "id" | "task_id" | "period" | "state">;
