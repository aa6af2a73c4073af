/** What a search finds, in groups: pages and actions, which the browser knows, and what features find in their own data. */
export interface FoundEntry {
  to: string;
  label: string;
  /** Tells entries of the same name apart: an address, an amount. */
  detail?: string;
}

export interface FoundGroup {
  title: string;
  entries: FoundEntry[];
  /** The service that knows them does not answer. */
  missing?: boolean;
}

export interface Found {
  q: string;
  /** Pages and actions. */
  known: FoundGroup[];
  /** What features found. */
  groups: FoundGroup[];
}

export const LONGEST = 100;
/** From so many characters on features are asked. */
export const SHORTEST = 2;

export const cleaned = (q: string | null): string => (q ?? "").trim().slice(0, LONGEST);
