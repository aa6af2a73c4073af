import type { Notification } from "@dashboard/front/api/types.ts";
import { claim, trackOtherTabs } from "@dashboard/front/live/claim.ts";
import { type LiveStatus, useLive } from "@dashboard/front/live/store.ts";
import { useToasts } from "@dashboard/front/live/toasts.ts";
import { useEffect, useRef } from "react";
import { catchUpToast, newsToast, showsToast } from "./news.ts";
import { useRead } from "./use-read.ts";

/** A shorter interruption is not mentioned; what arrived meanwhile gets its own toasts. */
const AWAY = 3_000;
/** After the return, what was missed arrives within this time. */
const CATCHING_UP = 1_500;

interface Away {
  wasOffline: boolean;
  missed: number;
}

const isAway = (status: LiveStatus) => status === "offline" || status === "reconnecting";

/** Shows toasts as notifications arrive, in one tab of a browser; what was missed during an interruption gets one toast. */
export function useNews(): (notification: Notification) => void {
  const add = useToasts((toasts) => toasts.add);
  const read = useRead();
  const away = useRef<Away | null>(null);
  useEffect(trackOtherTabs, []);
  useEffect(() => {
    let left: number | null = null;
    let wasOffline = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = async () => {
      const { missed } = away.current ?? { missed: 0 };
      away.current = null;
      const toast = catchUpToast(missed, wasOffline);
      wasOffline = false;
      if (toast && (await claim(`catch-up-${Math.round(Date.now() / 10_000)}`))) add(toast);
    };
    const unsubscribe = useLive.subscribe(({ status, since }) => {
      if (isAway(status)) left ??= since;
      wasOffline ||= status === "offline";
      if (status !== "live" || left === null) return;
      const wasAway = since - left >= AWAY || wasOffline;
      left = null;
      if (!wasAway) return;
      away.current = { wasOffline, missed: 0 };
      clearTimeout(timer);
      timer = setTimeout(show, CATCHING_UP);
    });
    return () => {
      clearTimeout(timer);
      unsubscribe();
    };
  }, [add]);
  return async (notification) => {
    if (!showsToast(notification)) return;
    if (away.current) away.current.missed += 1;
    else if (await claim(notification.id)) add({ ...newsToast(notification), onOpen: () => read(notification.id) });
  };
}
