/** What readers call the kinds of notifications. The catalogue is open: a newer service may send kinds that are not here. */

export interface KindText {
  name: string;
  /** What they are about. */
  hint: string;
  /** What to expect where there are none yet. */
  expect: string;
}

const KNOWN: Record<string, KindText> = {
  welcome: {
    name: "Getting started",
    hint: "First steps after you register.",
    expect: "First steps show here after you register.",
  },
  invoice: {
    name: "Invoices",
    hint: "Each invoice, as soon as it is issued.",
    expect: "Each invoice shows here as soon as it is issued.",
  },
  announcement: {
    name: "Announcements",
    hint: "What is new, and when we are at work on something.",
    expect: "When we have something to tell everybody, it shows here.",
  },
  security: {
    name: "Security",
    hint: "Sign-ins that look wrong, sessions that were ended.",
    expect: "When one of your sessions is ended, you read it here.",
  },
};

/** The kinds that can be filtered by. */
export const KINDS = Object.keys(KNOWN);

/** The texts of a kind; one that is not known here is called by its own name: `weekly_report` is “Weekly report”. */
export function textOf(kind: string): KindText {
  const known = Object.hasOwn(KNOWN, kind) ? KNOWN[kind] : undefined;
  return known ?? { name: inWords(kind), hint: "", expect: "What comes next shows here by itself." };
}

function inWords(kind: string): string {
  const words = kind.replace(/[^a-zA-Z0-9]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
