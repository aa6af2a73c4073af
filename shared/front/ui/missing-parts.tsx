import { Notice } from "./notice.tsx";
import { Recover, useMissingParts } from "./recover.tsx";

/** On top of a page of which something could not be loaded; gone when everything is back. */
export function MissingParts() {
  const missing = useMissingParts();
  return (
    <>
      {missing && (
        <Notice tone="warn" title="Some things do not work right now." className="missing-parts mb-6">
          What you see below works as always. The rest comes back by itself, and nothing is lost.
        </Notice>
      )}
      <Recover when={missing} />
    </>
  );
}
