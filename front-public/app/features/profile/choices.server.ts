/** What can be chosen in a profile. Made on the server, so that both renders agree. */

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

export interface ZoneGroup {
  region: string;
  zones: string[];
}

export interface Choices {
  zones: ZoneGroup[];
  locales: { tag: string; name: string }[];
}

let choices: Choices | undefined;

export function profileChoices(): Choices {
  choices ??= { zones: zoneGroups(), locales: localeNames() };
  return choices;
}

function zoneGroups(): ZoneGroup[] {
  const zones = ["UTC", ...Intl.supportedValuesOf("timeZone")];
  const byRegion = Map.groupBy(new Set(zones), (zone) => (zone.includes("/") ? zone.split("/", 1)[0] : "Universal"));
  return [...byRegion].map(([region, members]) => ({ region: region ?? "", zones: members }));
}

function localeNames() {
  const names = new Intl.DisplayNames("en", { type: "language", languageDisplay: "standard" });
  return LANGUAGES.map((tag) => ({ tag, name: names.of(tag) ?? tag }));
}
