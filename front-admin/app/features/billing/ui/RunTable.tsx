import type { BillingRun } from "@dashboard/front/api/types.ts";
import { Ago } from "@dashboard/front/table/ago.tsx";
import type { Column } from "@dashboard/front/table/column.ts";
import { DataTable } from "@dashboard/front/table/data-table.tsx";
import { Badge } from "@dashboard/front/ui/badge.tsx";
import { Money, Period } from "@dashboard/front/ui/money.tsx";
import { TextLink } from "@dashboard/front/ui/text-link.tsx";
import { RunProgress, StartedBy, StateMark } from "./RunMarks.tsx";
import { isOver } from "./useTask.ts";

const NONE = <span className="text-ink-faint">–</span>;

const COLUMNS: Column<BillingRun>[] = [
  {
    title: "Month",
    cell: ({ id, period, dry_run }) => (
      <span className="flex flex-wrap items-center gap-2">
        <TextLink to={`/billing/runs/${id}`} className="font-semibold">
          <Period period={period} />
        </TextLink>
        {dry_run && <Badge>Preview</Badge>}
      </span>
    ),
  },
  { title: "State", cell: (run) => <State run={run} /> },
  { title: "Due", right: true, cell: ({ due }) => due.toLocaleString("en") },
  { title: "Invoices", right: true, cell: ({ invoices }) => invoices.toLocaleString("en") },
  { title: "Total", right: true, cell: Totals },
  { title: "Started by", cell: StartedBy },
  { title: "Started", cell: ({ created_at }) => <Ago at={created_at} /> },
  { title: "Finished", cell: ({ finished_at }) => (finished_at ? <Ago at={finished_at} /> : NONE) },
];

export function RunTable({ runs }: { runs: BillingRun[] }) {
  return (
    <DataTable
      caption="Billing runs, newest first"
      columns={COLUMNS}
      rows={runs}
      keyOf={({ id }) => id}
      className="runs"
    />
  );
}

function State({ run }: { run: BillingRun }) {
  return (
    <span className="grid gap-1">
      <span>
        <StateMark state={run.state} />
      </span>
      {!isOver(run.state) && <RunProgress run={run} />}
      {run.error && <span className="line-clamp-2 text-sm text-bad wrap-anywhere">{run.error}</span>}
    </span>
  );
}

function Totals({ total_minor }: BillingRun) {
  const totals = Object.entries(total_minor);
  if (totals.length === 0) return NONE;
  return totals.map(([currency, minor]) => (
    <span key={currency} className="block">
      <Money minor={minor} currency={currency} />
    </span>
  ));
}
