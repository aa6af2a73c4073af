/** Server-sent events for networks that let no WebSocket through. Loaded only there. */
import { LIVE_TYPES } from "../api/types.ts";
import { type Connect, NO_CODE } from "./transports.ts";

/** `/ws/notifications` → `/ws/notifications/stream`, with the same query. */
export function streamUrl(socketUrl: URL): URL {
  const url = new URL(socketUrl.href.replace(/^ws/, "http"));
  url.pathname = `${url.pathname.replace(/\/$/, "")}/stream`;
  return url;
}

/** When and how to come back is decided by the caller: the browser's own reconnecting is switched off. */
export const connectStream: Connect = (socketUrl, { onOpen, onMessage, onClose }) => {
  const source = new EventSource(streamUrl(socketUrl), { withCredentials: true });
  const end = (code: number, reason: string) => {
    source.close();
    onClose(code, reason);
  };
  source.onopen = onOpen;
  for (const type of LIVE_TYPES) source.addEventListener(type, ({ data }) => onMessage(String(data)));
  source.addEventListener("close", ({ data }) => {
    const { code, reason } = JSON.parse(String(data)) as { code: number; reason: string };
    end(code, reason);
  });
  source.onerror = () => end(NO_CODE, "");
  return () => source.close();
};
