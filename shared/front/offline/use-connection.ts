/** How the way to our servers is, as far as a page can know. */
import { useEffect, useState, useSyncExternalStore } from "react";
import { useLive } from "../live/store.ts";
import { useWaitingRequests } from "./waiting-requests.ts";

/** A reconnect that is over before anybody misses something is not worth a word. */
const SHOWN_AFTER = 8_000;

export type Connection = "fine" | "unsent" | "offline" | "late";

export function useConnection(): Connection {
  const isOnline = useOnline();
  const { waiting, unsent } = useWaitingRequests();
  const isLate = useLate();
  if (unsent > 0) return "unsent";
  if (!isOnline || waiting > 0) return "offline";
  return isLate ? "late" : "fine";
}

function useOnline(): boolean {
  return useSyncExternalStore(
    (changed) => {
      addEventListener("online", changed);
      addEventListener("offline", changed);
      return () => {
        removeEventListener("online", changed);
        removeEventListener("offline", changed);
      };
    },
    () => navigator.onLine !== false,
    () => true,
  );
}

/** Whether news have not arrived by themselves for a while. */
function useLate(): boolean {
  const isReconnecting = useLive(({ status }) => status === "reconnecting");
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    if (!isReconnecting) return setLate(false);
    const timer = setTimeout(() => setLate(true), SHOWN_AFTER);
    return () => clearTimeout(timer);
  }, [isReconnecting]);
  return isLate;
}
