import { Suspense, useEffect } from "react";
import { useBlocker } from "react-router";
import { loadLater } from "../ui/load-later.ts";
import { useUnsaved } from "./unsaved.ts";

const UnsavedQuestion = loadLater(() => import("./unsaved-question.tsx"));

/** Asks before a page is left on which a form holds something unsaved. One for the whole document: a router has one blocker. */
export function UnsavedGuard() {
  const isUnsaved = useUnsaved(({ forms }) => forms.size > 0);
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => isUnsaved && currentLocation.pathname !== nextLocation.pathname,
  );
  useWarningOfBrowser(isUnsaved);
  if (blocker.state !== "blocked") return null;
  return (
    <Suspense>
      <UnsavedQuestion onStay={() => blocker.reset()} onLeave={() => blocker.proceed()} />
    </Suspense>
  );
}

/** For what the router does not see: a closed tab, a reload, another site. The words are the browser's. */
function useWarningOfBrowser(isUnsaved: boolean) {
  useEffect(() => {
    if (!isUnsaved) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [isUnsaved]);
}
