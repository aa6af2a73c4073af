import { featureRegistry } from "../features/feature-registry.server.ts";
import type { UserSession } from "../session/session.server.ts";
import { readRail } from "./appearance.server.ts";
import type { ShellData } from "./data.ts";
import { keyOf, mayOpen, type ShellEntry } from "./entries.ts";

interface Given {
  /** All pages and actions of the front. */
  entries: readonly ShellEntry[];
  elsewhere: ShellData["elsewhere"];
}

/** For the loader of a front's frame: what of `entries` its user may open, and how the user has set up the shell. */
export async function readShell(session: UserSession, { entries, elsewhere }: Given): Promise<ShellData> {
  return { open: await openTo(session, entries), rail: readRail(session), elsewhere };
}

/** The keys of those that are not switched off and that the user may see. */
export async function openTo(session: UserSession, entries: readonly ShellEntry[]): Promise<string[]> {
  const permissions = session.identity?.permissions ?? [];
  const shown = await featureRegistry.visible(entries.filter((entry) => mayOpen(entry, permissions)));
  return shown.map(keyOf);
}
