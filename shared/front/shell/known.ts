/** Pages and actions by their names: what can be found without asking anybody. */
import type { ShellEntry } from "./entries.ts";
import type { FoundGroup } from "./search.ts";

const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Those whose label has each of the words; first where one of them begins it. */
export function matching<Entry extends { label: string }>(entries: readonly Entry[], words: string): Entry[] {
  const parts = plain(words).split(/\s+/).filter(Boolean);
  const found = entries.filter(({ label }) => parts.every((part) => plain(label).includes(part)));
  const isFirst = ({ label }: Entry) => parts.some((part) => plain(label).startsWith(part));
  return [...found.filter(isFirst), ...found.filter((entry) => !isFirst(entry))];
}

export interface Known {
  navigation: readonly ShellEntry[];
  actions: readonly ShellEntry[];
}

export function knownGroups(q: string, { navigation, actions }: Known): FoundGroup[] {
  const groups = [
    { title: "Pages", entries: matching(navigation, q) },
    { title: "Actions", entries: matching(actions, q) },
  ];
  return groups.filter(({ entries }) => entries.length > 0);
}
