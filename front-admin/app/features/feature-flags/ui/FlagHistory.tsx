import type { FlagHistory as History } from "@dashboard/front/api/types.ts";
import { When } from "@dashboard/front/ui/when.tsx";
import { describeReach } from "../draft.ts";

/** Who changed the flag, when, to what and why; newest first. */
export function FlagHistory({ history: { items, people } }: { history: History }) {
  if (items.length === 0) return <p className="text-ink-soft">Never changed: the contract’s default applies.</p>;
  return (
    <ol className="history grid gap-4">
      {items.map((flag) => (
        <li key={flag.version} className="border-l-2 border-line-strong pl-4">
          <p className="font-semibold wrap-anywhere">{describeReach(flag)}</p>
          <p className="wrap-anywhere">“{flag.reason}”</p>
          <p className="text-sm text-ink-faint wrap-anywhere">
            {people[flag.changed_by ?? ""] ?? flag.changed_by}, <When at={flag.changed_at ?? ""} />
          </p>
        </li>
      ))}
    </ol>
  );
}
