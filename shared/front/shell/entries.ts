/** What the shell leads to, and which of it a path belongs to. */
import type { IconShapes } from "../ui/icon.ts";

/** A page, or something that one does on it. */
export interface ShellEntry {
  to: string;
  label: string;
  /** One of them is enough; none are needed when it is empty. */
  permissions: string[];
  /** The feature flag that it is behind, if any. */
  flag?: string;
}

export interface NavigationItem extends ShellEntry {
  icon: IconShapes;
}

export const mayOpen = ({ permissions }: ShellEntry, held: readonly string[]): boolean =>
  permissions.length === 0 || permissions.some((name) => held.includes(name));

/** Tells a page from an action on it, which leads to the same address. */
export const keyOf = ({ to, label }: ShellEntry): string => `${to} ${label}`;

const isWithin = (path: string, parent: string) => path === parent || path.startsWith(`${parent.replace(/\/$/, "")}/`);

/** The entries on the way to `path`, outermost first: `home`, the page of the feature, the page itself. */
export function wayTo<Entry extends ShellEntry>(path: string, entries: readonly Entry[]): Entry[] {
  return entries.filter(({ to }) => isWithin(path, to)).sort((one, other) => one.to.length - other.to.length);
}

/** The entry that is marked while `path` is shown: `home` only for itself. */
export function entryOf<Entry extends ShellEntry>(
  path: string,
  entries: readonly Entry[],
  home: string,
): Entry | undefined {
  return wayTo(path, entries).findLast(({ to }) => to !== home || path === home);
}
