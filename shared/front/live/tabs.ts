/** Messages between the tabs of one browser, so that they stay in step even while they are not live. */

export type TabMessage =
  /** Something was read, deleted or saved here: what the others show is old. */
  | { type: "changed" }
  /** The login ended here, and so for all. */
  | { type: "signed-out" }
  /** This tab has shown the news `id`. */
  | { type: "shown"; id: string };

let channel: BroadcastChannel | undefined;

/** One channel a tab: it hears the others and not itself. */
function open(): BroadcastChannel | undefined {
  if (!("BroadcastChannel" in globalThis)) return undefined;
  channel ??= new BroadcastChannel("dashboard-tabs");
  return channel;
}

export function notifyTabs(message: TabMessage): void {
  open()?.postMessage(message);
}

/** Calls `hear` with the messages of other tabs; the result unsubscribes. */
export function subscribeToTabs(hear: (message: TabMessage) => void): () => void {
  const onMessage = ({ data }: MessageEvent<TabMessage>) => hear(data);
  const opened = open();
  opened?.addEventListener("message", onMessage);
  return () => opened?.removeEventListener("message", onMessage);
}
