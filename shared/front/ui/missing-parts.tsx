import { Notice } from "./notice.tsx";
import { Recover, useMissingParts } from "./recover.tsx";

/** On top of a page of which something could not be loaded; gone when everything is back. */
export function MissingParts() {
  const missing = useMissingParts();
  return (
    <>
      {missing && (
        <Notice tone="warn" title="Some parts are unavailable." className="missing-parts mb-6">
          The rest of this page works. Missing parts come back automatically.
        </Notice>
      )}
      <Recover when={missing} />
    </>
  );
}
