/** Several tabs receive the same news at about the same time; one of them announces it. */
import { notifyTabs, subscribeToTabs } from "./tabs.ts";

/** A tab that somebody looks at goes first. */
const HIDDEN_TAB_DELAY = 400;
/** The others receive it within this time. */
const LOCK_MILLISECONDS = 30_000;
const REMEMBERED = 200;

const announced = new Set<string>();

function remember(id: string): void {
  announced.add(id);
  if (announced.size > REMEMBERED) announced.delete(announced.values().next().value ?? "");
}

/** Remembers what other tabs have announced; the result ends it. */
export function trackOtherTabs(): () => void {
  return subscribeToTabs((message) => message.type === "shown" && remember(message.id));
}

/** Whether this tab is the one that announces the news `id`; true for one tab of a browser, and once. */
export async function claim(id: string): Promise<boolean> {
  if (document.visibilityState === "hidden") await new Promise((resolve) => setTimeout(resolve, HIDDEN_TAB_DELAY));
  if (announced.has(id)) return false;
  remember(id);
  if (!(await acquireLock(`news:${id}`))) return false;
  notifyTabs({ type: "shown", id });
  return true;
}

/** Takes a lock that all tabs share, without waiting; it is given back after a while, or when the tab closes. */
function acquireLock(name: string): Promise<boolean> {
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock && new Promise((release) => setTimeout(release, LOCK_MILLISECONDS));
    });
  });
}
