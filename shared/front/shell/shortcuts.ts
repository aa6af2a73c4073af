/** Keys that lead through the pages. They do nothing while somebody types, and single ones can be switched off (WCAG 2.1.4). */
import { useEffect, useEffectEvent, useRef } from "react";
import { useNavigate } from "react-router";
import { useShell } from "./data.ts";
import { keysOf } from "./keys.ts";
import { useShellDialog } from "./store.ts";

const STORED_AS = "dashboard:single-keys";
/** For how long a key after `g` counts. */
const SECOND_KEY_MILLISECONDS = 1_500;

export const OPENERS = { "/": "palette", "?": "shortcuts" } as const;

export function hasSingleKeys(): boolean {
  try {
    return localStorage.getItem(STORED_AS) !== "off";
  } catch {
    return true;
  }
}

/** For this browser; forgotten where it may not keep anything. */
export function setSingleKeys(on: boolean): void {
  try {
    localStorage.setItem(STORED_AS, on ? "on" : "off");
  } catch {
    // it stays as it was
  }
}

export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches("input, select, textarea"));

const isOverlaid = () => document.querySelector("dialog[open]") !== null;

export function useShortcuts(): void {
  const { navigation } = useShell();
  const navigate = useNavigate();
  const show = useShellDialog((dialogs) => dialogs.show);
  const sinceG = useRef(Number.NEGATIVE_INFINITY);
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || event.repeat || event.altKey || isOverlaid()) return;
    if (isTyping(event.target)) return;
    const key = event.key.toLowerCase();
    const run = event.ctrlKey || event.metaKey ? chord(key) : single(key, event.timeStamp);
    if (!run) return;
    event.preventDefault();
    run();
  });
  function chord(key: string) {
    return key === "k" ? () => show("palette") : undefined;
  }
  function single(key: string, at: number): (() => void) | undefined {
    if (!hasSingleKeys()) return;
    const isSecond = at - sinceG.current < SECOND_KEY_MILLISECONDS;
    sinceG.current = key === "g" && !isSecond ? at : Number.NEGATIVE_INFINITY;
    const page = isSecond ? keysOf(navigation).get(key) : undefined;
    if (page) return () => void navigate(page.to);
    const dialog = isSecond ? undefined : OPENERS[key as keyof typeof OPENERS];
    return dialog && (() => show(dialog));
  }
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
}
