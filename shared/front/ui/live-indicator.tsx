import { useLive } from "../live/store.ts";
import { cx } from "./cx.ts";

const STATES = {
  idle: null,
  connecting: null,
  live: { dot: "bg-good", text: "Live" },
  reconnecting: { dot: "bg-warn animate-pulse", text: "Reconnecting …" },
  offline: { dot: "bg-bad", text: "Offline" },
  off: { dot: "bg-ink-faint", text: "Not live" },
};

/** Whether news arrive by themselves at the moment. */
export function LiveIndicator() {
  const state = STATES[useLive((live) => live.status)];
  return (
    <p
      role="status"
      className={cx(
        "live-indicator flex min-h-7 items-center gap-2 rounded-full text-sm font-semibold text-ink-soft",
        state && "border border-line bg-surface px-2.5",
      )}
    >
      {state && (
        <>
          <span aria-hidden className={cx("size-2 rounded-full", state.dot)} />
          <span className="max-md:sr-only">{state.text}</span>
        </>
      )}
    </p>
  );
}
