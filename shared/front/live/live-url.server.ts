/** Where a page's live connection goes. The gateway has /ws; a front's own port (tests, debugging) has not. */
import { settings } from "../server/settings.ts";

export function liveUrl(request: Request): string {
  const { publicUrl, adminUrl } = settings();
  const atGateway = [publicUrl, adminUrl].includes(new URL(request.url).origin);
  return atGateway ? "/ws/notifications" : `${publicUrl}/ws/notifications`;
}
