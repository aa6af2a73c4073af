/** Notification preferences: what the form shows, and what it sends. */
import type { KindPreference, MailChoice, NotificationPreferences, QuietHours } from "@dashboard/front/api/types.ts";
import { text } from "@dashboard/front/forms/values.ts";

export type Choices = Pick<NotificationPreferences, "kinds" | "quiet_hours">;

export const MAIL: Record<MailChoice, string> = {
  at_once: "Immediately",
  daily: "Daily summary",
  never: "Never",
};

/** What nobody may switch off. */
export const FIXED: Record<string, Omit<KindPreference, "kind"> | undefined> = {
  security: { live: true, mail: "at_once" },
};

export const NIGHT: QuietHours = { from: "22:00", to: "07:00" };

/** The kinds that the form shows, with one that this page has no texts for; of others nothing is said. */
export function readChoices(form: FormData): Choices {
  const kinds = form.getAll("kind").map(String) as KindPreference["kind"][];
  return {
    kinds: kinds.map((kind) => ({ kind, ...(FIXED[kind] ?? chosen(form, kind)) })),
    quiet_hours: form.get("quiet") === "on" ? { from: text(form, "from"), to: text(form, "to") } : null,
  };
}

function chosen(form: FormData, kind: string): Omit<KindPreference, "kind"> {
  return { live: form.get(`live.${kind}`) === "on", mail: text(form, `mail.${kind}`) as MailChoice };
}

/** What `theirs` says about a kind where it differs from `mine`, in words; null where both agree. */
export function storedInstead(mine: KindPreference, theirs: Choices | undefined): string | null {
  const stored = theirs?.kinds.find(({ kind }) => kind === mine.kind);
  if (!stored || (stored.live === mine.live && stored.mail === mine.mail)) return null;
  return `Saved: in app ${stored.live ? "on" : "off"}, email ${MAIL[stored.mail].toLowerCase()}.`;
}

export function describeQuiet(hours: QuietHours | null | undefined): string {
  return hours ? `from ${hours.from} to ${hours.to}` : "none";
}
