import type { ShellEntry } from "./entries.ts";

/** The key of each entry, pressed after `g`: the first letter of its name that no entry before it has. */
export function keysOf<Entry extends ShellEntry>(entries: readonly Entry[]): Map<string, Entry> {
  const keys = new Map<string, Entry>();
  for (const entry of entries) {
    const key = [...entry.label.toLowerCase()].find((letter) => /[a-z]/.test(letter) && !keys.has(letter));
    if (key) keys.set(key, entry);
  }
  return keys;
}
