/** Where the services and their calls stand on the map: callers to the left of whom they call. */
import type { ServiceState } from "@dashboard/front/api/types.ts";

export const BOX = { width: 136, height: 46 };
const SLOT = { width: 176, height: 68 };

export interface Box {
  service: ServiceState;
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Call {
  from: string;
  to: string;
  path: string;
  /** Whoever is called does not answer. */
  broken: boolean;
}

export interface ServiceMap {
  width: number;
  height: number;
  boxes: Box[];
  calls: Call[];
}

export function mapOf(services: ServiceState[]): ServiceMap {
  const columns = columnsOf(services);
  const highest = Math.max(0, ...columns.map(({ length }) => length)) * SLOT.height;
  const boxes = columns.flatMap((column, x) =>
    column.map((service, at) => ({
      service,
      x: x * SLOT.width,
      y: Math.round(((at + 0.5) / column.length) * highest - BOX.height / 2),
      ...BOX,
    })),
  );
  const width = Math.max(0, columns.length * SLOT.width - (SLOT.width - BOX.width));
  return { width, height: highest, boxes, calls: callsOf(boxes) };
}

/** By the longest way from a service that nobody calls; a circle of calls ends where it began. */
function columnsOf(services: ServiceState[]): ServiceState[][] {
  const byName = new Map(services.map((service) => [service.name, service]));
  const ranks = new Map<string, number>();
  const visit = (service: ServiceState, rank: number, above: string[]) => {
    if (above.includes(service.name) || (ranks.get(service.name) ?? -1) >= rank) return;
    ranks.set(service.name, rank);
    for (const callee of service.calls) {
      const found = byName.get(callee);
      if (found) visit(found, rank + 1, [...above, service.name]);
    }
  };
  const called = new Set(services.flatMap(({ calls }) => calls));
  for (const service of services) if (!called.has(service.name)) visit(service, 0, []);
  for (const service of services) if (!ranks.has(service.name)) visit(service, 0, []);
  const columns: ServiceState[][] = [];
  for (const service of services) {
    const rank = ranks.get(service.name) ?? 0;
    columns[rank] = [...(columns[rank] ?? []), service];
  }
  return Array.from(columns, (column) => column ?? []);
}

function callsOf(boxes: Box[]): Call[] {
  const byName = new Map(boxes.map((box) => [box.service.name, box]));
  return boxes.flatMap((from) =>
    from.service.calls.flatMap((callee) => {
      const to = byName.get(callee);
      if (!to) return [];
      const broken = to.service.condition === "down";
      return [{ from: from.service.name, to: callee, path: curve(from, to), broken }];
    }),
  );
}

function curve(from: Box, to: Box): string {
  const [x1, y1] = [from.x + BOX.width, from.y + BOX.height / 2];
  const [x2, y2] = [to.x, to.y + BOX.height / 2];
  const middle = (x1 + x2) / 2;
  return `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`;
}
