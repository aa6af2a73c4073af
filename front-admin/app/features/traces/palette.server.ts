import { orNull } from "@dashboard/front/api/part.server.ts";
import { formatDuration, formatSecond } from "@dashboard/front/format/format.ts";
import type { PaletteProvider } from "@dashboard/front/shell/palette.server.ts";
import { listTraces, readTrace } from "./traces.server.ts";

/** Among so many of the newest a request is found by its name. */
const NEWEST = 100;
/** What back-api takes for a correlation id, and no word of a route: those are shorter. */
const CORRELATION_ID = /^[\w.-]{8,64}$/;

/** Requests by correlation id, and the newest ones by name. */
export const palette: PaletteProvider = {
  title: "Traces",
  permission: "traces:read",
  async find(session, q) {
    const [exact, { items }] = await Promise.all([
      CORRELATION_ID.test(q) ? orNull(readTrace(session, q)) : null,
      listTraces(session, { limit: NEWEST }),
    ]);
    const words = q.toLowerCase();
    const named = items.filter(
      ({ name, correlation_id }) => correlation_id !== q && name.toLowerCase().includes(words),
    );
    return [
      ...(exact?.spans.length ? [{ to: pathOf(q), label: q, detail: exact.spans[0]?.name }] : []),
      ...named.map(({ name, correlation_id, started_at, duration_ms }) => ({
        to: pathOf(correlation_id),
        label: name,
        detail: `${formatSecond(started_at)}, ${formatDuration(duration_ms)}`,
      })),
    ];
  },
};

const pathOf = (id: string) => `/traces/${encodeURIComponent(id)}`;
