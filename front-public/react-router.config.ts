import type { Config } from "@react-router/dev/config";

/** All routes are known from the first page on: a front has few, and their list is a file that stays cached. */
export default { ssr: true, routeDiscovery: { mode: "initial" } } satisfies Config;
