/** Cookies that only a front's server sets and reads. Values are cookie-safe as they are (JWT, opaque token, word). */

export function readCookies(header: string | null): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of header?.split(";") ?? []) {
    const at = pair.indexOf("=");
    if (at > 0) cookies.set(pair.slice(0, at).trim(), pair.slice(at + 1).trim());
  }
  return cookies;
}

/** A `Set-Cookie` value; `seconds` 0 removes the cookie. */
export function setCookie(name: string, value: string, seconds: number, secure: boolean): string {
  const attributes = [`${name}=${value}`, "Path=/", `Max-Age=${seconds}`, "HttpOnly", "SameSite=Lax"];
  return [...attributes, ...(secure ? ["Secure"] : [])].join("; ");
}
