import CloudOff from "lucide/dist/esm/icons/cloud-off.mjs";
import { useContext } from "react";
import { Link, useLocation } from "react-router";
import type { Problem } from "../api/types.ts";
import { Icon } from "./icon.ts";
import { Reference, ReferencePath } from "./reference.tsx";

/** Stands where a part of the page would be. `Recover` in the layout brings the part back by itself. */
export function Unavailable({ what, problem }: { what: string; problem: Problem }) {
  const { pathname, search } = useLocation();
  const linked = useContext(ReferencePath) !== null;
  return (
    <div
      role="status"
      className="unavailable flex gap-3 rounded-control border border-dashed border-line-strong bg-sunken p-4"
    >
      <Icon of={CloudOff} size={20} className="mt-0.5 shrink-0 text-warn" />
      <div>
        <p className="font-semibold">{what} can’t be shown right now.</p>
        <p className="text-sm text-ink-soft">
          Your data is safe. We’ll keep trying.{" "}
          <Link
            reloadDocument
            to={pathname + search}
            className="font-semibold text-accent underline underline-offset-3"
          >
            Try now
          </Link>
          {problem.correlation_id && !linked && <span className="sr-only"> Reference: {problem.correlation_id}</span>}
        </p>
        {problem.correlation_id && linked && (
          <p className="text-sm text-ink-soft wrap-anywhere">
            Reference: <Reference id={problem.correlation_id} />
          </p>
        )}
      </div>
    </div>
  );
}
