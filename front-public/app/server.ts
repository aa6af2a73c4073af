/** The entry of the server bundle: `shared/front/server/serve.ts` imports it and calls `start`. */

import * as build from "virtual:react-router/server-build";
import { startFront } from "@dashboard/front/server/start.ts";
import { version } from "../package.json";

/** The picture of a profile, with the fields around it: the size that back-api's contract gives `PUT /api/profile/avatar`. */
const uploads = { "/app/profile": 2_100_000 };

export function start(folder: string): void {
  startFront({ name: "front-public", version, build, uploads }, folder);
}
