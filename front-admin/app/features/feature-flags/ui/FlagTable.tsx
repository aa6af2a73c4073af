import type { FlagDetails, StaleReason } from "@dashboard/front/api/types.ts";
import { Badge } from "@dashboard/front/ui/badge.tsx";
import { TextLink } from "@dashboard/front/ui/text-link.tsx";
import { When } from "@dashboard/front/ui/when.tsx";
import { describeReach } from "../draft.ts";

const HEAD = "px-2 pb-2.5 text-left text-sm font-semibold text-ink-faint first:pl-0 last:pr-0 md:px-3";
const CELL = "border-t border-line px-2 py-3 align-top first:pl-0 last:pr-0 md:px-3";

const STALE: Record<StaleReason, string> = {
  expired: "Expired",
  complete: "On for everybody for 30 days",
};

interface FlagTableProps {
  flags: FlagDetails[];
  /** Addresses of those who changed them, by id. */
  people: Record<string, string>;
}

/** On phones the less needed columns fold into the first one. */
export function FlagTable({ flags, people }: FlagTableProps) {
  return (
    <table className="flags w-full border-collapse">
      <thead>
        <tr>
          <th scope="col" className={`${HEAD} w-3/5 md:w-auto`}>
            Flag
          </th>
          <th scope="col" className={HEAD}>
            Who has it
          </th>
          <th scope="col" className={`${HEAD} hidden md:table-cell`}>
            Owner
          </th>
          <th scope="col" className={`${HEAD} hidden md:table-cell`}>
            Last change
          </th>
        </tr>
      </thead>
      <tbody>
        {flags.map((flag) => (
          <FlagRow key={flag.name} flag={flag} people={people} />
        ))}
      </tbody>
    </table>
  );
}

function FlagRow({ flag, people }: { flag: FlagDetails; people: Record<string, string> }) {
  const { name, owner, expires_on, stale } = flag;
  return (
    <tr>
      <th scope="row" className={`${CELL} text-left font-normal wrap-anywhere`}>
        <TextLink to={`/feature-flags/${name}`}>{name}</TextLink>
        {stale && (
          <span className="stale mt-1 block">
            <Badge tone="warn">{STALE[stale]}</Badge>
          </span>
        )}
        <span className="mt-1 block text-sm text-ink-faint md:hidden">
          {owner}, until {expires_on}
        </span>
      </th>
      <td className={CELL}>
        <Reach flag={flag} />
        <span className="mt-1 block text-sm text-ink-faint md:hidden">
          <LastChange flag={flag} people={people} />
        </span>
      </td>
      <td className={`${CELL} hidden text-ink-soft md:table-cell`}>
        {owner}
        <span className="block text-sm text-ink-faint">until {expires_on}</span>
      </td>
      <td className={`${CELL} hidden text-ink-soft md:table-cell`}>
        <LastChange flag={flag} people={people} />
      </td>
    </tr>
  );
}

function Reach({ flag }: { flag: FlagDetails }) {
  const words = describeReach(flag);
  const tone = words === "Off" ? "bad" : words === "Everybody" ? "good" : "accent";
  return words === "Off" || words === "Everybody" ? (
    <Badge tone={tone}>{words}</Badge>
  ) : (
    <span className="wrap-anywhere">{words}</span>
  );
}

function LastChange({ flag, people }: { flag: FlagDetails; people: Record<string, string> }) {
  const { changed_by, changed_at, reason } = flag;
  if (!changed_at) return <>Never changed: the contract’s default.</>;
  return (
    <>
      <span className="wrap-anywhere">“{reason}”</span>{" "}
      <span className="block text-sm text-ink-faint wrap-anywhere">
        {people[changed_by ?? ""] ?? changed_by}, <When at={changed_at} />
      </span>
    </>
  );
}
