import { Notice } from "./notice.tsx";
import { Recover, useMissingParts } from "./recover.tsx";

const NOTICES = {
  some: {
    title: "Some parts are unavailable.",
    detail: "The rest of this page works. Missing parts come back automatically.",
  },
  all: { title: "This page can’t be loaded right now.", detail: "It comes back automatically." },
};

/** On top of a page of which something could not be loaded; gone when everything is back. */
export function MissingParts() {
  const missing = useMissingParts();
  return (
    <>
      {missing !== "none" && (
        <Notice tone="warn" title={NOTICES[missing].title} className="missing-parts mb-6">
          {NOTICES[missing].detail}
        </Notice>
      )}
      <Recover when={missing !== "none"} />
    </>
  );
}
