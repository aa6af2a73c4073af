/** The calls of this front about billing runs. */
import type {
  BillingRun,
  BillingRunAccepted,
  InvoicePage,
  ListedInvoice,
  Page,
  Task,
} from "@dashboard/front/api/types.ts";
import type { UserSession } from "@dashboard/front/session/session.server.ts";

export function listRuns(
  session: UserSession,
  page: { limit: number; cursor?: string | null },
): Promise<Page<BillingRun>> {
  return session.api.get("/api/billing/runs", page);
}

/** 409 while another run of the same period is active. */
export function startRun(session: UserSession, period: string, dry_run: boolean): Promise<BillingRunAccepted> {
  return session.api.post("/api/billing/runs", { json: { period, dry_run } });
}

export function readTask(session: UserSession, id: string): Promise<Task> {
  return session.api.get(`/api/tasks/${encodeURIComponent(id)}`);
}

export function readRun(session: UserSession, id: string): Promise<BillingRun> {
  return session.api.get(`/api/billing/runs/${encodeURIComponent(id)}`);
}

export interface InvoiceSearch {
  user_id?: string;
  run_id?: string;
  limit: number;
  cursor?: string | null;
  /** Whether the answer has the total. */
  count?: "true";
}

export function listInvoices(session: UserSession, search: InvoiceSearch): Promise<InvoicePage> {
  return session.api.get("/api/billing/invoices", { ...search });
}

export function readInvoice(session: UserSession, id: string): Promise<ListedInvoice> {
  return session.api.get(`/api/billing/invoices/${encodeURIComponent(id)}`);
}
