import type { ServiceState } from "@dashboard/front/api/types.ts";
import { Badge } from "@dashboard/front/ui/badge.tsx";
import { Card } from "@dashboard/front/ui/card.tsx";
import type { Box, ServiceMap } from "../service-map.server.ts";

const CONDITIONS = {
  up: { text: "up", tone: "good", box: "fill-surface stroke-good", label: "fill-good" },
  down: { text: "down", tone: "bad", box: "fill-bad-soft stroke-bad", label: "fill-bad" },
  unknown: { text: "not asked", tone: "neutral", box: "fill-sunken stroke-line-strong", label: "fill-ink-soft" },
} as const;

interface ServiceMapCardProps {
  services: ServiceState[];
  map: ServiceMap;
  /** Traced requests of the last day that began in a service. */
  requests: Map<string, number>;
}

/** A picture where there is room for one, and a list on phones and for screen readers. */
export function ServiceMapCard({ services, map, requests }: ServiceMapCardProps) {
  const { width, height, boxes, calls } = map;
  return (
    <Card
      title="Services"
      aside={<span className="text-sm text-ink-faint">who calls whom, as boundaries.yaml declares it</span>}
    >
      <svg
        aria-hidden="true"
        viewBox={`-2 -2 ${width + 4} ${height + 4}`}
        className="service-map hidden h-auto w-full lg:block"
      >
        {calls.map(({ from, to, path, broken }) => (
          <path
            key={`${from} ${to}`}
            d={path}
            strokeWidth={1.5}
            strokeDasharray={broken ? "4 4" : undefined}
            className={broken ? "fill-transparent stroke-bad" : "fill-transparent stroke-line-strong"}
          />
        ))}
        {boxes.map((box) => (
          <ServiceBox key={box.service.name} box={box} requests={requests.get(box.service.name) ?? 0} />
        ))}
      </svg>
      <ul className="grid gap-2 sm:grid-cols-2 lg:sr-only">
        {services.map(({ name, does, calls, condition }) => (
          <li key={name} className="flex items-baseline justify-between gap-3">
            <span>
              <strong className="font-semibold">{name}</strong> <span className="text-sm text-ink-soft">{does}</span>
              {calls.length > 0 && <span className="sr-only">; calls {calls.join(", ")}</span>}
            </span>
            <Badge tone={CONDITIONS[condition].tone}>{CONDITIONS[condition].text}</Badge>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function ServiceBox({ box: { service, x, y, width, height }, requests }: { box: Box; requests: number }) {
  const { text, box, label } = CONDITIONS[service.condition];
  const state = requests > 0 ? `${text} · ${requests.toLocaleString("en")} a day` : text;
  return (
    <g>
      <rect x={x} y={y} width={width} height={height} rx={10} strokeWidth={1.5} className={box} />
      <text x={x + width / 2} y={y + 19} textAnchor="middle" className="fill-ink text-sm font-semibold">
        {service.name}
      </text>
      <text x={x + width / 2} y={y + 36} textAnchor="middle" className={`text-xs ${label}`}>
        {state}
      </text>
    </g>
  );
}
