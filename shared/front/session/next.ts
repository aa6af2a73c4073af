/** The way to the login page and back. */

const HERE = "http://here.invalid";
const LONGEST = 2_000;

/**
 * `candidate` when it leads to a path of ours, else `fallback`: a login must not lead to another site. What counts is where
 * a browser would go: it drops tabs and newlines, takes `\` for `/`, resolves dots, and reads `//host` as another site.
 */
export function safeNext(candidate: FormDataEntryValue | string | null, fallback: string): string {
  if (typeof candidate !== "string" || candidate.length > LONGEST || !URL.canParse(candidate, HERE)) return fallback;
  const url = new URL(candidate, HERE);
  const path = url.pathname + url.search;
  const isOwn = candidate.startsWith("/") && url.origin === HERE && /^\/(?!\/)/.test(path);
  return isOwn ? path : fallback;
}

export function loginPath(here: URL): string {
  return `/login?${new URLSearchParams({ next: here.pathname + here.search })}`;
}
