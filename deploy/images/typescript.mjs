// `node --import ./typescript.mjs`: lets a Node that was built without type stripping (Debian's) load TypeScript.
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";
import { transformSync } from "rolldown/utils";

if (!process.features.typescript) {
  registerHooks({
    load(url, context, next) {
      if (!url.startsWith("file:") || !url.endsWith(".ts")) return next(url, context);
      const path = fileURLToPath(url);
      return { format: "module", source: transformSync(path, readFileSync(path, "utf8")).code, shortCircuit: true };
    },
  });
}
