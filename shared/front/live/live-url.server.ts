/** Where a page's live connection goes. The gateway has /ws; a front's own port (tests, debugging) has not. */
import { settings } from "../server/settings.ts";

/** The page's own address by whichever name it was opened, for the session's cookie belongs to that name. */
export function liveUrl(request: Request): string {
  // Only the gateway's word for it is still there: see server/proxy.ts.
  if (request.headers.has("x-forwarded-proto")) return "/ws/notifications";
  const gateway = new URL("/ws/notifications", settings().publicUrl);
  gateway.hostname = new URL(request.url).hostname;
  return gateway.href;
}
