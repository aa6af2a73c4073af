import { Link, type UIMatch, useLocation, useMatches } from "react-router";
import { useShell } from "./data.ts";
import { type NavigationItem, wayTo } from "./entries.ts";

/**
 * What a page that is not in the navigation is called: `export const handle: Named = { crumb: "New" }`, or made of what its loader
 * read and of its parameters.
 */
export interface Named<Data = unknown> {
  crumb: string | ((match: { loaderData: Data; params: Record<string, string | undefined> }) => string | undefined);
}

interface Crumb {
  label: string;
  /** The page itself has none. */
  to?: string;
}

/** The way to `path`: the entries above it, then its own name. */
export function crumbsOf(path: string, entries: readonly NavigationItem[], matches: readonly UIMatch[]): Crumb[] {
  const way: Crumb[] = wayTo(path, entries).map(({ to, label }) => (to === path ? { label } : { to, label }));
  const own = nameOf(matches.at(-1));
  return own && way.at(-1)?.to !== undefined ? [...way, { label: own }] : way;
}

function nameOf(match: UIMatch | undefined): string | undefined {
  const crumb = (match?.handle as Named | undefined)?.crumb;
  return typeof crumb === "function" ? match && crumb(match) : crumb;
}

export function Breadcrumb() {
  const { navigation } = useShell();
  const crumbs = crumbsOf(useLocation().pathname, navigation, useMatches());
  return (
    <nav aria-label="Breadcrumb" className="min-w-0 max-sm:hidden">
      <ol className="flex min-w-0 items-center gap-1.5 text-sm">
        {crumbs.map(({ label, to }, at) => (
          <li key={to ?? label} className="flex min-w-0 shrink-0 items-center gap-1.5 last:shrink">
            {at > 0 && (
              <span aria-hidden className="text-ink-faint">
                /
              </span>
            )}
            {to ? (
              <Link to={to} className="rounded-sm text-ink-soft no-underline hover:text-ink hover:underline">
                {label}
              </Link>
            ) : (
              <span dir="auto" aria-current="page" className="truncate font-semibold">
                {label}
              </span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
