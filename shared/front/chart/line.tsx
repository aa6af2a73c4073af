/** Courses over time: a line with its area, with axes or (a sparkline) without. */
import { type ChartProps, cell, Frame, known, NoData, Numbers, Plot, type Point } from "./frame.tsx";
import { heightOf, middleOf, short, ticksOf } from "./scale.ts";

export function Area({ label, points, format = short, whole = true }: ChartProps & { whole?: boolean }) {
  const values = known(points);
  if (values.length === 0) return <NoData label={label} />;
  const ticks = ticksOf(values, { whole });
  return (
    <Frame
      label={`${label}: ${summary(values, format)}`}
      ticks={ticks}
      format={format}
      names={points.map(({ name }) => name)}
      table={
        <Numbers
          label={label}
          head={["When", label]}
          rows={points.map(({ name, value }) => [name, cell(value, format)])}
        />
      }
    >
      <Course points={points} ticks={ticks} />
    </Frame>
  );
}

/** Beside a figure that says the number itself; so it is an ornament. */
export function Sparkline({ points }: { points: Point[] }) {
  const values = known(points);
  return (
    <div aria-hidden="true">
      <Plot label="" className="h-8 w-full">
        {values.length > 0 && <Course points={points} ticks={ticksOf(values)} />}
      </Plot>
    </div>
  );
}

function Course({ points, ticks }: { points: Point[]; ticks: number[] }) {
  const base = heightOf(0, ticks);
  return pieces(points).map((piece) => {
    const spots = piece.map(({ at, value }) => `${middleOf(at, points.length)} ${heightOf(value, ticks)}`);
    const [first, last] = [piece[0]?.at ?? 0, piece.at(-1)?.at ?? 0].map((at) => middleOf(at, points.length));
    return (
      <g key={first}>
        <path d={`M${first} ${base}L${spots.join("L")}L${last} ${base}Z`} className="fill-accent-soft" />
        <path
          d={spots.length > 1 ? `M${spots.join("L")}` : `M${spots[0]}h0`}
          vectorEffect="non-scaling-stroke"
          strokeWidth={spots.length > 1 ? 2 : 6}
          strokeLinecap="round"
          strokeLinejoin="round"
          className="fill-transparent stroke-accent"
        />
      </g>
    );
  });
}

interface Spot {
  at: number;
  value: number;
}

/** Runs of measured points: a line does not bridge what was not measured. */
function pieces(points: Point[]): Spot[][] {
  const found: Spot[][] = [];
  points.forEach(({ value }, at) => {
    if (value === null) return;
    const last = found.at(-1);
    if (last?.at(-1)?.at === at - 1) last.push({ at, value });
    else found.push([{ at, value }]);
  });
  return found;
}

function summary(values: number[], format: (value: number) => string): string {
  const last = values.at(-1) ?? 0;
  return `between ${format(Math.min(...values))} and ${format(Math.max(...values))}, at last ${format(last)}`;
}
