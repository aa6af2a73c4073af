/** What can be chosen in a profile. Made on the server, so that both renders agree. */

import type { Option } from "@dashboard/front/ui/select.tsx";
import zones from "./zones.json" with { type: "json" };

const LANGUAGES = [
  "en",
  "en-GB",
  "en-US",
  "de",
  "de-AT",
  "de-CH",
  "fr",
  "es",
  "it",
  "nl",
  "pl",
  "pt",
  "pt-BR",
  "sv",
  "ja",
];

export interface Choices {
  zones: Option[];
  locales: Option[];
}

const HOUR = 60 * 60 * 1000;
let made: { hour: number; choices: Choices } | undefined;

/** Recomputed each hour, since zones change their offset. */
export function profileChoices(now = Date.now()): Choices {
  const hour = Math.floor(now / HOUR);
  if (made?.hour !== hour) made = { hour, choices: { zones: zoneOptions(new Date(now)), locales: localeOptions() } };
  return made.choices;
}

function zoneOptions(at: Date): Option[] {
  const places = zones.map((value) => ({ value, label: `${cityOf(value)}, ${offsetOf(value, at)}` }));
  return [{ value: "UTC", label: "UTC+00:00" }, ...places];
}

function cityOf(zone: string): string {
  return zone.slice(zone.lastIndexOf("/") + 1).replaceAll("_", " ");
}

/** `UTC+01:00`; only `UTC` for a zone that is newer than this Node.js. */
function offsetOf(timeZone: string, at: Date): string {
  try {
    const format = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" });
    const name = format.formatToParts(at).find(({ type }) => type === "timeZoneName")?.value ?? "GMT";
    return name.replace("GMT", "UTC");
  } catch {
    return "UTC";
  }
}

function localeOptions(): Option[] {
  const names = new Intl.DisplayNames("en", { type: "language", languageDisplay: "standard" });
  return LANGUAGES.map((tag) => ({ value: tag, label: names.of(tag) ?? tag }));
}
