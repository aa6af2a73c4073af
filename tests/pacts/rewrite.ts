/** The pacts of the fronts are rewritten at each run. */
import { globSync, rmSync } from "node:fs";

export const WRITTEN = ".stack/pacts";

export default function rewrite(): void {
  for (const path of globSync(`${WRITTEN}/front-*.json`)) rmSync(path);
}
