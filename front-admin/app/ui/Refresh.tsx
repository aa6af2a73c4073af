import { Button } from "@dashboard/front/ui/button.tsx";
import { Icon } from "@dashboard/front/ui/icon.ts";
import { useHydrated } from "@dashboard/front/ui/use-hydrated.ts";
import { usePolling } from "@dashboard/front/ui/use-polling.ts";
import Pause from "lucide/dist/esm/icons/pause.mjs";
import Play from "lucide/dist/esm/icons/play.mjs";
import { useState } from "react";

const EVERY = 5_000;

/** Reads the page again every five seconds until somebody pauses it. Without JavaScript it stays as it was loaded. */
export function Refresh({ at }: { at: string }) {
  const isHydrated = useHydrated();
  const [isPaused, setPaused] = useState(false);
  usePolling(!isPaused, EVERY);
  return (
    <div className="flex items-center gap-3 text-sm text-ink-faint">
      <span className="tabular-nums">
        As of <time dateTime={at}>{at.slice(11, 19)}</time> UTC
      </span>
      {isHydrated && (
        <Button onClick={() => setPaused(!isPaused)} aria-pressed={isPaused} className="text-sm">
          <Icon of={isPaused ? Play : Pause} size={16} /> {isPaused ? "Resume" : "Pause"}
        </Button>
      )}
    </div>
  );
}
