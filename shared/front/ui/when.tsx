import { createContext, useContext } from "react";
import { formatDate, formatMoment, formatMomentInFull, type Preferences } from "../format/format.ts";

export const PreferencesContext = createContext<Preferences>({ locale: "en", timeZone: "UTC" });

/** A moment in the reader's own time zone and language; in full, with the zone, for whoever points at it. */
export function When({ at, dateOnly = false }: { at: string; dateOnly?: boolean }) {
  const preferences = useContext(PreferencesContext);
  return (
    <time
      dateTime={at}
      title={at.includes("T") ? formatMomentInFull(at, preferences) : undefined}
      suppressHydrationWarning
      className="whitespace-nowrap"
    >
      {dateOnly ? formatDate(at, preferences) : formatMoment(at, preferences)}
    </time>
  );
}
