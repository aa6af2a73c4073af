/** How somebody wants to be told: what the form shows, and what it sends. */
import type {
  KindPreference,
  MailTiming,
  NotificationKind,
  NotificationPreferences,
  QuietHours,
} from "@dashboard/front/api/types.ts";
import { text } from "@dashboard/front/forms/values.ts";

export type Choices = Pick<NotificationPreferences, "kinds" | "quiet_hours">;

export const KINDS: Record<NotificationKind, { name: string; hint: string }> = {
  welcome: { name: "Getting started", hint: "First steps after you register." },
  invoice: { name: "Invoices", hint: "Each invoice, as soon as it is issued." },
  announcement: { name: "Announcements", hint: "What is new, and when we are at work on something." },
  security: { name: "Security", hint: "Sign-ins that look wrong, sessions that were ended." },
};

export const MAIL: Record<MailTiming, string> = {
  at_once: "At once",
  daily: "Daily summary",
  never: "Never",
};

/** What nobody may switch off. */
export const FIXED: Partial<Record<NotificationKind, Omit<KindPreference, "kind">>> = {
  security: { live: true, mail: "at_once" },
};

export const NIGHT: QuietHours = { from: "22:00", to: "07:00" };

/** The form names each kind that it shows, so that one that this page does not know yet goes through it unharmed. */
export function readChoices(form: FormData): Choices {
  const kinds = form.getAll("kind").map(String) as NotificationKind[];
  return {
    kinds: kinds.map((kind) => ({ kind, ...(FIXED[kind] ?? chosen(form, kind)) })),
    quiet_hours: form.get("quiet") === "on" ? { from: text(form, "from"), to: text(form, "to") } : null,
  };
}

function chosen(form: FormData, kind: NotificationKind): Omit<KindPreference, "kind"> {
  return { live: form.get(`live.${kind}`) === "on", mail: text(form, `mail.${kind}`) as MailTiming };
}

/** What `theirs` says about a kind where it differs from `mine`, in words; null where both agree. */
export function storedInstead(mine: KindPreference, theirs: Choices | undefined): string | null {
  const stored = theirs?.kinds.find(({ kind }) => kind === mine.kind);
  if (!stored || (stored.live === mine.live && stored.mail === mine.mail)) return null;
  return `Stored: ${stored.live ? "shown at once" : "not shown at once"}, mail ${MAIL[stored.mail].toLowerCase()}.`;
}

export function describeQuiet(hours: QuietHours | null): string {
  return hours ? `from ${hours.from} to ${hours.to}` : "none";
}
