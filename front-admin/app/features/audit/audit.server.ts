/** The calls of this front about the audit log. */
import type { AuditPage } from "@dashboard/front/api/types.ts";
import type { UserSession } from "@dashboard/front/session/session.server.ts";

export interface AuditSearch {
  action?: string;
  actor?: string;
  subject?: string;
  /** From this moment on, up to but without the next one. */
  from?: string;
  to?: string;
  limit: number;
  cursor?: string | null;
}

export function listAudit(session: UserSession, search: AuditSearch): Promise<AuditPage> {
  return session.api.get("/api/audit", { ...search });
}
