import { useEffect, useState } from "react";
import { useMatches, useRevalidator } from "react-router";

const FIRST_MILLISECONDS = 2_000;
const LAST_MILLISECONDS = 20_000;

/** Loads the page's data again, at growing intervals, for as long as `when` holds. */
export function Recover({ when }: { when: boolean }) {
  const { revalidate, state } = useRevalidator();
  const [attempts, setAttempts] = useState(0);
  useEffect(() => {
    if (!when) return setAttempts(0);
    if (state !== "idle") return;
    const wait = Math.min(FIRST_MILLISECONDS * 2 ** attempts, LAST_MILLISECONDS);
    const timer = setTimeout(() => {
      setAttempts(attempts + 1);
      revalidate();
    }, wait);
    return () => clearTimeout(timer);
  }, [when, state, attempts, revalidate]);
  return null;
}

/** How much the loaders of this page left out because a service was down. */
export function useMissingParts(): "none" | "some" | "all" {
  const parts = useMatches().flatMap(({ loaderData }) => partsOf(loaderData));
  const missing = parts.filter(({ ok }) => !ok);
  if (missing.length === 0) return "none";
  return missing.length === parts.length ? "all" : "some";
}

function partsOf(data: unknown): { ok: unknown }[] {
  if (typeof data !== "object" || data === null) return [];
  return Object.values(data).filter((part) => typeof part === "object" && part !== null && "ok" in part);
}
