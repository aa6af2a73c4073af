import type { Notification } from "@dashboard/front/api/types.ts";
import { useState } from "react";
import { useLocation } from "react-router";

interface JustRead {
  /** The list, and in their places those that left it because they were read here. */
  shown: Notification[];
  keep(notification: Notification): void;
}

/** Keeps what was marked as read in a list of the unread until somebody goes on, so that it can be undone. */
export function useJustRead(items: Notification[]): JustRead {
  const { key } = useLocation();
  const [kept, setKept] = useState<{ key: string; read: Notification[] }>({ key, read: [] });
  const read = kept.key === key ? kept.read : [];
  const gone = read.filter(({ id }) => !items.some((item) => item.id === id));
  return {
    shown: [...items, ...gone].sort((one, other) => (one.id < other.id ? 1 : -1)),
    keep: (notification) => {
      const others = read.filter(({ id }) => id !== notification.id);
      setKept({ key, read: [...others, { ...notification, read_at: notification.created_at }] });
    },
  };
}
