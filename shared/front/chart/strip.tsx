/** A cell for each stretch of time, coloured by how it went. */
import { NoData, Numbers, Plot } from "./frame.tsx";
import { rounded } from "./scale.ts";

const CONDITIONS = {
  good: { fill: "fill-good", text: "good", height: 100 },
  warn: { fill: "fill-warn", text: "impaired", height: 75 },
  bad: { fill: "fill-bad", text: "bad", height: 50 },
  none: { fill: "fill-line", text: "no data", height: 25 },
};

export interface Cell {
  name: string;
  condition: keyof typeof CONDITIONS;
}

/** Height says the same as colour, for those who cannot tell the colours apart. */
export function UptimeStrip({ label, cells }: { label: string; cells: Cell[] }) {
  if (cells.length === 0) return <NoData label={label} />;
  const measured = cells.filter(({ condition }) => condition !== "none");
  const good = measured.filter(({ condition }) => condition === "good").length;
  const summary = measured.length > 0 ? `${good} of ${measured.length} without a fault` : "no data";
  return (
    <figure className="chart">
      <Plot label={`${label}: ${summary}`} className="h-8 w-full">
        {cells.map(({ name, condition }, at) => {
          const { fill, height } = CONDITIONS[condition];
          const width = rounded((0.8 / cells.length) * 100);
          return (
            <rect
              key={name}
              x={rounded((at / cells.length) * 100)}
              y={100 - height}
              width={width}
              height={height}
              className={fill}
            >
              <title>{`${name}: ${CONDITIONS[condition].text}`}</title>
            </rect>
          );
        })}
      </Plot>
      <Numbers
        label={label}
        head={["When", "Condition"]}
        rows={cells.map(({ name, condition }) => [name, CONDITIONS[condition].text])}
      />
    </figure>
  );
}
