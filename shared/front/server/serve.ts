/** `node shared/front/server/serve.ts front-public`: starts the built front of that folder. Needs no node_modules. */
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const folder = resolve(process.argv[2] ?? ".");
const { start } = (await import(pathToFileURL(`${folder}/build/server/index.js`).href)) as {
  start: (folder: string) => void;
};
try {
  start(folder);
} catch (error) {
  process.stderr.write(`${process.argv[2]}: ${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}
