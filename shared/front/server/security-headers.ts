/** What a browser may do with our pages. `connect-src` names the gateway too: on its own port a front has no /ws. */
import { settings } from "./settings.ts";

export function setSecurityHeaders(headers: Headers, nonce: string): void {
  headers.set("x-content-type-options", "nosniff");
  headers.set("referrer-policy", "strict-origin-when-cross-origin");
  headers.set("cross-origin-opener-policy", "same-origin");
  headers.set("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=()");
  if (!headers.has("cache-control")) headers.set("cache-control", "private, no-store");
  if (import.meta.env?.PROD) headers.set("content-security-policy", contentSecurityPolicy(nonce));
}

function contentSecurityPolicy(nonce: string): string {
  const live = settings().publicUrl.replace(/^http/, "ws");
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self' ${live}`,
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join("; ");
}
