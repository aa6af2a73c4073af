import { useLive } from "../live/store.ts";
import { cx } from "./cx.ts";

const STATES = {
  idle: null,
  connecting: null,
  live: { dot: "bg-good", text: "Live" },
  reconnecting: { dot: "bg-warn animate-pulse", text: "Reconnecting …" },
  offline: { dot: "bg-bad", text: "You are offline" },
  off: { dot: "bg-ink-faint", text: "Not live" },
};

/** Whether news arrive by themselves at the moment. */
export function LiveIndicator() {
  const state = STATES[useLive((live) => live.status)];
  return (
    <p role="status" className="live-indicator flex min-h-6 items-center gap-2 text-sm text-ink-faint">
      {state && (
        <>
          <span aria-hidden className={cx("size-2 rounded-full", state.dot)} />
          {state.text}
        </>
      )}
    </p>
  );
}
