/** Amounts beside each other: bars, stacked bars, and the bars of a histogram, which touch. */
import { cx } from "../ui/cx.ts";
import { type ChartProps, Frame, NoData, Numbers } from "./frame.tsx";
import { heightOf, rounded, short, ticksOf } from "./scale.ts";

const TONES = {
  accent: { fill: "fill-accent", box: "bg-accent" },
  bad: { fill: "fill-bad", box: "bg-bad" },
  warn: { fill: "fill-warn", box: "bg-warn" },
  good: { fill: "fill-good", box: "bg-good" },
  neutral: { fill: "fill-line-strong", box: "bg-line-strong" },
};

export interface Series {
  name: string;
  tone: keyof typeof TONES;
  values: number[];
}

interface StackedBarsProps {
  label: string;
  names: string[];
  series: Series[];
  format?: (value: number) => string;
  whole?: boolean;
  /** The share of its slot that a bar leaves free. */
  gap?: number;
}

/** Series above each other; negative values hang below zero. */
export function StackedBars({ label, names, series, format = short, whole = true, gap = 0.25 }: StackedBarsProps) {
  if (names.length === 0 || series.length === 0) return <NoData label={label} />;
  const stacks = names.map((_, at) => stacked(series.map(({ values }) => values[at] ?? 0)));
  const ticks = ticksOf(stacks.flat(2), { whole });
  return (
    <>
      {series.length > 1 && <Legend series={series} />}
      <Frame
        label={`${label}: ${summary(series, format)}`}
        ticks={ticks}
        format={format}
        names={names}
        table={
          <Numbers
            label={label}
            head={["When", ...series.map(({ name }) => name)]}
            rows={names.map((name, at) => [name, ...series.map(({ values }) => format(values[at] ?? 0))])}
          />
        }
      >
        {series.map(({ name, tone }, each) => (
          <path
            key={name}
            d={stacks.map((stack, at) => bar(stack[each], at, names.length, gap, ticks)).join("")}
            className={TONES[tone].fill}
          />
        ))}
      </Frame>
    </>
  );
}

export function Bars({ label, points, format = short, whole }: ChartProps & { whole?: boolean }) {
  const values = points.map(({ value }) => value ?? 0);
  const series: Series[] = [{ name: label, tone: "accent", values }];
  return (
    <StackedBars
      label={label}
      names={points.map(({ name }) => name)}
      series={series}
      format={format}
      {...(whole !== undefined && { whole })}
    />
  );
}

/** How often what was measured lies in each of equally wide `points`. */
export function Histogram({ label, points, format = short }: ChartProps) {
  const series: Series[] = [{ name: label, tone: "accent", values: points.map(({ value }) => value ?? 0) }];
  return (
    <StackedBars label={label} names={points.map(({ name }) => name)} series={series} format={format} gap={0.02} />
  );
}

type Piece = [from: number, to: number];

/** Positive values are piled up from zero, negative ones down from it. */
function stacked(values: number[]): Piece[] {
  const ends = { above: 0, below: 0 };
  return values.map((value) => {
    const side = value < 0 ? "below" : "above";
    const from = ends[side];
    ends[side] += value;
    return [from, ends[side]];
  });
}

function bar(piece: Piece | undefined, at: number, count: number, gap: number, ticks: number[]): string {
  if (!piece || piece[0] === piece[1]) return "";
  const left = rounded(((at + gap / 2) / count) * 100);
  const width = rounded(((1 - gap) / count) * 100);
  const [from, to] = piece.map((value) => heightOf(value, ticks));
  return `M${left} ${from}V${to}h${width}V${from}Z`;
}

function Legend({ series }: { series: Series[] }) {
  return (
    <ul aria-hidden="true" className="mb-4 flex flex-wrap gap-x-4 text-sm text-ink-soft">
      {series.map(({ name, tone }) => (
        <li key={name} className="flex items-center gap-1.5">
          <span className={cx("size-2.5 rounded-xs", TONES[tone].box)} />
          {name}
        </li>
      ))}
    </ul>
  );
}

function summary(series: Series[], format: (value: number) => string): string {
  const sums = series.map(({ name, values }) => `${name} ${format(values.reduce((sum, value) => sum + value, 0))}`);
  return `in total ${sums.join(", ")}`;
}
