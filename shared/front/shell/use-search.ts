import { useEffect, useEffectEvent } from "react";
import { useFetcher } from "react-router";
import { below, useShell } from "./data.ts";
import { knownGroups } from "./known.ts";
import { cleaned, type Found, type FoundGroup, SHORTEST } from "./search.ts";

/** Typing is over when no key comes for so long. */
const PAUSE_MILLISECONDS = 150;

interface Search {
  groups: FoundGroup[];
  isAsking: boolean;
}

/** What is found for `typed`: pages and actions at once, the rest as soon as it is there. */
export function useSearch(typed: string): Search {
  const shell = useShell();
  const fetcher = useFetcher<Found>();
  const q = cleaned(typed);
  const ask = useEffectEvent(() => fetcher.load(`${below(shell.home, "/search")}?${new URLSearchParams({ q })}`));
  const isLong = q.length >= SHORTEST;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each text is asked for
  useEffect(() => {
    if (!isLong) return;
    const timer = setTimeout(() => void ask(), PAUSE_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [q, isLong]);
  const found = isLong ? (fetcher.data?.groups ?? []) : [];
  return { groups: [...knownGroups(q, shell), ...found], isAsking: isLong && fetcher.data?.q !== q };
}
