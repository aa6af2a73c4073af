/** The entry of the server bundle: `shared/front/server/serve.ts` imports it and calls `start`. */

import * as build from "virtual:react-router/server-build";
import { startFront } from "@dashboard/front/server/start.ts";
import { version } from "../package.json";

export function start(folder: string): void {
  startFront({ name: "front-admin", version, build }, folder);
}
