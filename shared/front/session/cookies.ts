/**
 * Cookies that a front's server sets and reads. Values are cookie-safe as they are (JWT, opaque token, word).
 *
 * With TLS (`secure`) a name has the prefix `__Host-`, so that no other host, and no page without TLS, can set it
 * (RFC 6265bis, section 4.1.3.2); callers use the names without it.
 */

const PREFIX = "__Host-";

export function readCookies(header: string | null, secure: boolean): Map<string, string> {
  const cookies = new Map<string, string>();
  const prefix = secure ? PREFIX : "";
  for (const pair of header?.split(";") ?? []) {
    const at = pair.indexOf("=");
    const name = pair.slice(0, at).trim();
    if (at > 0 && name.startsWith(prefix)) cookies.set(name.slice(prefix.length), pair.slice(at + 1).trim());
  }
  return cookies;
}

export interface CookieOptions {
  /** With TLS. */
  secure: boolean;
  /** Whether the page's scripts may read and remove it. */
  forScripts?: boolean;
}

/** A `Set-Cookie` value; `seconds` 0 removes the cookie. */
export function setCookie(name: string, value: string, seconds: number, options: CookieOptions): string {
  const { secure, forScripts } = options;
  const attributes = [`${fullName(name, secure)}=${value}`, "Path=/", `Max-Age=${seconds}`];
  return [...attributes, ...(forScripts ? [] : ["HttpOnly"]), "SameSite=Lax", ...(secure ? ["Secure"] : [])].join("; ");
}

/** With its prefix, as browsers know the cookie. */
export function fullName(name: string, secure: boolean): string {
  return `${secure ? PREFIX : ""}${name}`;
}
