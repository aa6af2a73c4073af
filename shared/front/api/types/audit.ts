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

/** `people`: today's addresses by id, of the users whom the entries name; whoever is gone is not in it. */
export interface AuditPage {
  items: AuditEntry[];
  next_cursor?: string | null;
  people?: Record<string, string>;
}
