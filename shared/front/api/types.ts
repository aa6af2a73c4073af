/** What back-api and back-auth exchange with us: mirrors of `shared/models/*.py`, field by field. Times are RFC 3339 UTC. */
export type * from "./types/accounts.ts";
export type * from "./types/audit.ts";
export type * from "./types/billing.ts";
export type * from "./types/common.ts";
export type * from "./types/events.ts";
export type * from "./types/live.ts";
export type * from "./types/notifications.ts";
export type * from "./types/profile.ts";
export type * from "./types/traces.ts";
