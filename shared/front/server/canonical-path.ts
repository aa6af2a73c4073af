/** One spelling a page: the router takes several for one, and whoever guards or counts by path would have to know them all. */

const HERE = "http://here.invalid";
const ENCODED = /%[0-9A-Fa-f]{2}/g;
const UNRESERVED = /^[A-Za-z0-9._~-]$/;

/**
 * The request target (`/path?query`) with its path as our own pages link it: no empty or dot segment, no slash at the end,
 * nothing encoded that need not be (RFC 3986, section 6.2.2). Null when it is no path. Upper case is for the router to refuse.
 */
export function canonicalTarget(target: string): string | null {
  const [path = "", query] = target.split("#", 1)[0]?.split(/\?(.*)/s) ?? [];
  if (!path.startsWith("/") || !URL.canParse(HERE + path)) return null;
  const decoded = new URL(HERE + path).pathname.replaceAll(ENCODED, plainest);
  const single = decoded.replaceAll(/\/{2,}/g, "/").replace(/(?<=.)\/$/, "");
  const canonical = single.replace(/(?<=.)\/_?\.data$/, ".data");
  return query === undefined ? canonical : `${canonical}?${query}`;
}

function plainest(encoded: string): string {
  const plain = String.fromCharCode(Number.parseInt(encoded.slice(1), 16));
  return UNRESERVED.test(plain) ? plain : encoded.toUpperCase();
}
