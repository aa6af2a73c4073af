import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { compress } from "../server/static.ts";
import { overBudget, pageWeights } from "./page-weight.server.ts";

const MANIFEST = {
  entry: { module: "/assets/entry.js", imports: ["/assets/shared.js"] },
  routes: {
    root: { id: "root", module: "/assets/root.js", imports: ["/assets/shared.js"] },
    page: { id: "page", parentId: "root", module: "/assets/page.js", imports: [] },
  },
};
const FILES = { "entry.js": "entry", "shared.js": "shared", "root.js": "root", "page.js": "page" };

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "page-weight-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string) {
  const path = join(folder, "build/client/assets", name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

test("a page weighs its own chunk, its parents' and the entry's, each once", () => {
  for (const [name, text] of Object.entries(FILES)) write(name, text);
  write("manifest-0a1b2c3d.js", `window.__reactRouterManifest=${JSON.stringify(MANIFEST)};`);
  const [page, root] = pageWeights(folder);
  const size = (name: keyof typeof FILES) => compress(Buffer.from(FILES[name]), "br").length;
  expect(page?.route).toBe("page");
  expect(root?.bytes).toBe(size("entry.js") + size("shared.js") + size("root.js"));
  expect(page?.bytes).toBe((root?.bytes ?? 0) + size("page.js"));
});

test("what is too heavy is named with its size and its biggest chunks", () => {
  const chunks = [{ file: "/assets/charts.js", bytes: 21_000 }];
  const weights = [
    { route: "heavy", bytes: 121_000, chunks },
    { route: "light", bytes: 120_000, chunks },
  ];
  expect(overBudget(weights, 120_000)).toEqual([
    "heavy: 121.0 KB of at most 120.0 KB; biggest: /assets/charts.js 21.0 KB",
  ]);
});

test("a front that is not built is an error, not a pass", () => {
  expect(() => pageWeights(folder)).toThrow("make bootstrap");
});
