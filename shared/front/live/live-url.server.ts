/** Where a page's live connection goes. The gateway has /ws; a front's own port (tests, debugging) has not. */
import { settings } from "../server/settings.ts";

export function liveUrl(request: Request): string {
  const { port, publicUrl } = settings();
  const direct = new URL(request.url).port === String(port);
  return direct ? `${publicUrl}/ws/notifications` : "/ws/notifications";
}
