import { useContext, useSyncExternalStore } from "react";
import { formatAgo, formatMomentInFull } from "../format/format.ts";
import { PreferencesContext } from "../ui/when.tsx";

const MINUTE = 60_000;

/** The minute that it is now: pages that stay open go on telling the time. */
const minute = () => Math.floor(Date.now() / MINUTE) * MINUTE;

function everyMinute(changed: () => void): () => void {
  const timer = setInterval(changed, MINUTE / 3);
  return () => clearInterval(timer);
}

/** How long ago something was. The exact moment, with its zone, shows on hover and while its row has the focus. */
export function Ago({ at }: { at: string }) {
  const preferences = useContext(PreferencesContext);
  const now = useSyncExternalStore(everyMinute, minute, minute);
  return (
    <time
      dateTime={at}
      title={formatMomentInFull(at, preferences)}
      suppressHydrationWarning
      className="ago whitespace-nowrap"
    >
      {formatAgo(at, now, preferences)}
    </time>
  );
}
