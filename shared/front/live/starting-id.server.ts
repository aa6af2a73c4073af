/** Where a page begins to listen that knows of no notification yet: everything that comes from now on is news to it. */
const CLOCK_SKEW = 5_000;

/** A moment, five seconds ago for clocks that differ, as a UUIDv7 (RFC 9562): what back-websockets takes as `last_id`. */
export function startingId(now = Date.now()): string {
  const time = (now - CLOCK_SKEW).toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`;
}
