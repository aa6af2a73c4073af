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

/** Whether a loader of this page left a part out because a service was down. */
export function useMissingParts(): boolean {
  return useMatches().some(({ loaderData }) => hasMissingPart(loaderData));
}

function hasMissingPart(data: unknown): boolean {
  if (typeof data !== "object" || data === null) return false;
  return Object.values(data).some(
    (part) => typeof part === "object" && part !== null && "ok" in part && part.ok === false,
  );
}
