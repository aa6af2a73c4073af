/** Several tabs hear the same news at about the same time; one of them tells it. */
import { hearTabs, tellTabs } from "./tabs.ts";

/** A tab that somebody looks at goes first. */
const HIDDEN_WAITS = 400;
/** As long as the others may take to hear it too. */
const HELD = 30_000;
const REMEMBERED = 200;

const told = new Set<string>();

function remember(id: string): void {
  told.add(id);
  if (told.size > REMEMBERED) told.delete(told.values().next().value ?? "");
}

/** For as long as a tab is to know what the others told; the result ends it. */
export function heedOtherTabs(): () => void {
  return hearTabs((message) => message.type === "told" && remember(message.id));
}

/** Whether this tab is the one that tells the news `id`; true for one tab of a browser, and once. */
export async function claim(id: string): Promise<boolean> {
  if (document.visibilityState === "hidden") await new Promise((resolve) => setTimeout(resolve, HIDDEN_WAITS));
  if (told.has(id)) return false;
  remember(id);
  if (!(await locked(`news:${id}`))) return false;
  tellTabs({ type: "told", id });
  return true;
}

/** Takes a lock that all tabs share, without waiting; it is given back after a while, or when the tab closes. */
function locked(name: string): Promise<boolean> {
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock && new Promise((release) => setTimeout(release, HELD));
    });
  });
}
