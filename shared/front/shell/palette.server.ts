/** What features find for whoever searches: each that has something registers a provider as `features/{feature}/palette.server.ts`. */
import type { LoaderFunctionArgs } from "react-router";
import { attempt } from "../api/part.server.ts";
import { isUnavailable } from "../api/problem.ts";
import { featureRegistry } from "../features/feature-registry.server.ts";
import { FLAGS } from "../features/flags.ts";
import { may } from "../session/identity.ts";
import { sessionOf } from "../session/middleware.server.ts";
import type { UserSession } from "../session/session.server.ts";
import { keyOf, type ShellEntry } from "./entries.ts";
import { type Known, knownGroups } from "./known.ts";
import { cleaned, type Found, type FoundEntry, type FoundGroup, SHORTEST } from "./search.ts";
import { openTo } from "./shell.server.ts";

export interface PaletteProvider {
  /** The heading above its entries. */
  title: string;
  /** Who does not hold it is not asked for. */
  permission?: string;
  /** A few entries for `q`, best first; the services decide what this user may see. */
  find(session: UserSession, q: string): Promise<FoundEntry[]>;
}

/** At most so many of a group: who wants more goes to its page. */
const MOST = 6;

/** The loader of the page that searches `front`. `modules` are the providers by path, as `import.meta.glob` finds them. */
export function searchLoader(front: Known, modules: Record<string, PaletteProvider>) {
  const providers = Object.entries(modules).map(([path, provider]) => ({ provider, flag: flagOf(path) }));
  return async ({ context, request }: LoaderFunctionArgs): Promise<Found> => {
    const q = cleaned(new URL(request.url).searchParams.get("q"));
    const session = sessionOf(context);
    const open = await openTo(session, [...front.navigation, ...front.actions]);
    const isOpen = (entry: ShellEntry) => open.includes(keyOf(entry));
    const shown = { navigation: front.navigation.filter(isOpen), actions: front.actions.filter(isOpen) };
    const known = knownGroups(q, shown);
    if (q.length < SHORTEST) return { q, known, groups: [] };
    const on = await featureRegistry.visible(providers);
    const asked = on.filter(({ provider: { permission } }) => !permission || may(session.identity, permission));
    const groups = await Promise.all(asked.map(({ provider }) => ask(provider, session, q)));
    return { q, known, groups: groups.filter(({ entries, missing }) => entries.length > 0 || missing) };
  };
}

const flagOf = (path: string) => FLAGS[path.split("/").at(-2) ?? ""]?.name;

async function ask({ title, find }: PaletteProvider, session: UserSession, q: string): Promise<FoundGroup> {
  const found = await attempt(find(session, q));
  if (found.ok) return { title, entries: found.data.slice(0, MOST) };
  return { title, entries: [], missing: isUnavailable(found.problem) };
}
