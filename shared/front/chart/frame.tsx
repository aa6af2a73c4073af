/** What every chart stands in: axis, plot, names below it, and its numbers as a table. Works without JavaScript. */
import type { ReactNode } from "react";
import { heightOf } from "./scale.ts";

/** `null` where nothing was measured. */
export interface Point {
  name: string;
  value: number | null;
}

export interface ChartProps {
  /** What is shown, for those who do not see it, and for the table. */
  label: string;
  points: Point[];
  format?: (value: number) => string;
}

interface FrameProps {
  label: string;
  ticks: number[];
  format: (value: number) => string;
  names: string[];
  table: ReactNode;
  children: ReactNode;
}

/** The plot is 100 wide and 100 high, stretched to the page; so text stands outside it and keeps its size. */
export function Frame({ label, ticks, format, names, table, children }: FrameProps) {
  return (
    <figure className="chart min-w-0">
      <div className="flex gap-2">
        <div
          aria-hidden="true"
          className="-my-2 flex flex-col-reverse justify-between text-right text-xs text-ink-faint tabular-nums"
        >
          {ticks.map((tick) => (
            <span key={tick}>{format(tick)}</span>
          ))}
        </div>
        <Plot label={label} className="h-44 grow basis-0">
          {ticks.map((tick) => (
            <Rule key={tick} at={heightOf(tick, ticks)} strong={tick === 0} />
          ))}
          {children}
        </Plot>
      </div>
      <Names names={names} />
      {table}
    </figure>
  );
}

export function Plot({ label, className, children }: { label: string; className: string; children: ReactNode }) {
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox="0 0 100 100"
      preserveAspectRatio="none"
      className={`block min-w-0 overflow-visible ${className}`}
    >
      {children}
    </svg>
  );
}

function Rule({ at, strong }: { at: number; strong: boolean }) {
  return (
    <path
      d={`M0 ${at}H100`}
      vectorEffect="non-scaling-stroke"
      className={strong ? "stroke-line-strong" : "stroke-line"}
    />
  );
}

/** The first, the middle and the last one: more would not fit on a phone. */
function Names({ names }: { names: string[] }) {
  const shown = names.length > 2 ? [names[0], names[Math.floor(names.length / 2)], names.at(-1)] : names;
  return (
    <div aria-hidden="true" className="mt-2 flex justify-between gap-2 pl-8 text-xs text-ink-faint">
      {shown.map((name) => (
        <span key={name}>{name}</span>
      ))}
    </div>
  );
}

interface NumbersProps {
  label: string;
  head: string[];
  rows: (string | number)[][];
}

/** The numbers of a chart; the first cell of a row is its name. */
export function Numbers({ label, head, rows }: NumbersProps) {
  return (
    <details className="mt-1 text-sm">
      <summary className="w-fit py-1 text-ink-soft">
        Show the numbers<span className="sr-only"> of {label}</span>
      </summary>
      <table className="w-full tabular-nums">
        <caption className="sr-only">{label}</caption>
        <thead>
          <tr className="border-b border-line text-left">
            {head.map((name) => (
              <th key={name} scope="col" className="py-1 pr-4 font-semibold">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, ...values]) => (
            <tr key={name} className="border-b border-line">
              <th scope="row" className="py-1 pr-4 text-left font-normal text-ink-soft">
                {name}
              </th>
              {values.map((value, at) => (
                <td key={head[at + 1]} className="py-1 pr-4">
                  {value}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

export function NoData({ label }: { label: string }) {
  return (
    <p className="rounded-control bg-sunken px-4 py-6 text-center text-sm text-ink-soft">
      Nothing to show yet<span className="sr-only"> for {label}</span>.
    </p>
  );
}

export const known = (points: Point[]): number[] => points.flatMap(({ value }) => (value === null ? [] : [value]));

/** An unmeasured value is a dash in the table. */
export const cell = (value: number | null, format: (value: number) => string): string =>
  value === null ? "–" : format(value);
