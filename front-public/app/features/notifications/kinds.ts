/** What readers call the kinds of notifications: a file each in `kinds/`. The catalogue is open: a kind needs no file. */

export interface KindText {
  name: string;
  /** What they are about. */
  hint: string;
  /** What to expect where there are none yet. */
  expect: string;
}

const KNOWN = Object.fromEntries(
  Object.entries(import.meta.glob<KindText>("./kinds/*.json", { eager: true, import: "default" })).map(
    ([path, text]) => [path.slice("./kinds/".length, -".json".length), text],
  ),
);

/** The kinds that can be filtered by. */
export const KINDS = Object.keys(KNOWN);

/** The texts of a kind; one that is not known here is called by its own name: `weekly_report` is “Weekly report”. */
export function textOf(kind: string): KindText {
  const known = Object.hasOwn(KNOWN, kind) ? KNOWN[kind] : undefined;
  return known ?? { name: inWords(kind), hint: "", expect: "New notifications appear here automatically." };
}

function inWords(kind: string): string {
  const words = kind.replace(/[^a-zA-Z0-9]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
