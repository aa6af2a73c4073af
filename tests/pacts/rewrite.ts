/** What the fronts need is written anew at each run. */
import { globSync, rmSync } from "node:fs";

export const WRITTEN = ".stack/pacts";

export default function anew(): void {
  for (const path of globSync(`${WRITTEN}/front-*.json`)) rmSync(path);
}
