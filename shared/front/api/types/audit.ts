/** The audit log. */

/** `actor` is null when nobody who is known did it. */
export interface AuditEntry {
  id: string;
  at: string;
  action: string;
  actor?: string | null;
  subject_type: string;
  subject_id: string;
  correlation_id: string;
  details: Record<string, string>;
}
