import { useHydrated } from "@dashboard/front/ui/use-hydrated.ts";
import { currentZone } from "./zone-names.ts";

/** The zone of the profile; while there is none the browser's, which the server does not know. */
export function useTimeZone(stored: string | undefined): string {
  const isHydrated = useHydrated();
  if (stored) return stored;
  return isHydrated ? currentZone(Intl.DateTimeFormat().resolvedOptions().timeZone) : "UTC";
}
