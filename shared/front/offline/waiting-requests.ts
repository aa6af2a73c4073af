/** Requests that wait for the network. */
import { create } from "zustand";

interface WaitingRequests {
  /** Requests that cannot be sent at the moment. */
  waiting: number;
  /** Those among them that would change something: they are sent again when their user says so. */
  unsent: number;
}

export const useWaitingRequests = create<WaitingRequests>(() => ({ waiting: 0, unsent: 0 }));

export interface Attempt {
  retry(): void;
  /** May be repeated without its user. */
  isAutomatic: boolean;
}

export const attempts = new Set<Attempt>();

/** Sends everything that waits once more. */
export function tryAgain(): void {
  for (const attempt of [...attempts]) attempt.retry();
}

export function count(change: number, isRead: boolean): void {
  useWaitingRequests.setState(({ waiting, unsent }) => ({
    waiting: waiting + change,
    unsent: unsent + (isRead ? 0 : change),
  }));
}
