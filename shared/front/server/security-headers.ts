/** What a browser may do with our pages. `connect-src` names the gateway too: on its own port a front has no /ws. */
import { liveUrl } from "../live/live-url.server.ts";

export function setSecurityHeaders(headers: Headers, nonce: string, request: Request): void {
  headers.set("x-content-type-options", "nosniff");
  headers.set("referrer-policy", "strict-origin-when-cross-origin");
  headers.set("cross-origin-opener-policy", "same-origin");
  headers.set("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=()");
  if (!headers.has("cache-control")) headers.set("cache-control", "private, no-store");
  if (import.meta.env?.PROD) headers.set("content-security-policy", contentSecurityPolicy(nonce, request));
}

function contentSecurityPolicy(nonce: string, request: Request): string {
  const live = new URL(liveUrl(request), request.url).origin.replace(/^http/, "ws");
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
