/** The calls of this front about billing runs. */
import type { BillingRun, BillingRunAccepted, Page, Task } from "@dashboard/front/api/types.ts";
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
