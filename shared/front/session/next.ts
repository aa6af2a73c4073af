/** The way to the login page and back. */

/** `candidate` when it is a path of ours, else `fallback`: a login must not lead to another site. */
export function safeNext(candidate: FormDataEntryValue | string | null, fallback: string): string {
  const path = typeof candidate === "string" ? candidate : "";
  const base = "http://here.invalid";
  if (!path.startsWith("/") || !URL.canParse(path, base)) return fallback;
  const url = new URL(path, base);
  return url.origin === base ? url.pathname + url.search : fallback;
}

export function loginPath(here: URL): string {
  return `/login?${new URLSearchParams({ next: here.pathname + here.search })}`;
}
