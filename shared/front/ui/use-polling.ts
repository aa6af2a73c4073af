import { useEffect, useEffectEvent } from "react";
import { useRevalidator } from "react-router";

/** Reads the page's data again every `milliseconds`, while somebody looks at it and `on` holds; never twice at once. */
export function usePolling(on: boolean, milliseconds: number): void {
  const { revalidate, state } = useRevalidator();
  const poll = useEffectEvent(() => {
    if (state === "idle" && document.visibilityState === "visible") revalidate();
  });
  useEffect(() => {
    if (!on) return;
    const timer = setInterval(() => poll(), milliseconds);
    return () => clearInterval(timer);
  }, [on, milliseconds]);
}
