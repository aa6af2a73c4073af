/** What more than one feature exchanges. */

export type TaskState = "pending" | "running" | "succeeded" | "failed";

/** A complete, bounded list. */
export interface Items<Item> {
  items: Item[];
}

export interface Page<Item> {
  items: Item[];
  next_cursor?: string | null;
}

export interface FieldProblem {
  field: string;
  message: string;
}

/** RFC 9457; `current` is the stored entity when our version is stale. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string;
  instance?: string;
  correlation_id?: string;
  errors?: FieldProblem[];
  current?: unknown;
  dependency?: string;
}

export interface Task {
  id: string;
  type: string;
  state: TaskState;
  progress: number;
  result?: Record<string, unknown> | null;
  error?: string | null;
  created_by?: string | null;
  created_at: string;
  updated_at: string;
}
