// @vitest-environment node
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { checkFeatures, inOwnCase, pathsOf, WrongManifest } from "./registry.ts";

const ROUTES = [
  {
    path: "app",
    file: "app.tsx",
    children: [
      { index: true, file: "i.tsx" },
      { path: "profile", file: "p.tsx" },
    ],
  },
  { path: "*", file: "404.tsx" },
];

const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true });
});

function app(manifest: string): string {
  const folder = mkdtempSync(join(tmpdir(), "features-"));
  made.push(folder);
  mkdirSync(join(folder, "features/profile"), { recursive: true });
  writeFileSync(join(folder, "features/profile/feature.yaml"), manifest);
  return folder;
}

const manifest = (name: string, paths: string[]) =>
  `name: ${name}\nversion: 1.0.0\nservice: front-public\ndependencies: []\nendpoints:\n` +
  paths.map((path) => `  - {path: ${path}, method: GET}\n`).join("");

test("paths are read through the tree", () => expect(pathsOf(ROUTES)).toEqual(["/app", "/app", "/app/profile", "/*"]));

test("pages that agree with the manifests are accepted", () => {
  expect(checkFeatures(app(manifest("profile", ["/app", "/app/profile"])), "front-public", ROUTES)).toBe(ROUTES);
});

test("a path matches in its own case only", () => {
  const patterns = inOwnCase(ROUTES).map(({ caseSensitive, children }) => [
    caseSensitive,
    children?.[1]?.caseSensitive,
  ]);
  expect(patterns).toEqual([
    [true, true],
    [true, undefined],
  ]);
});

test.each([
  ["an undeclared page", manifest("profile", ["/app"])],
  ["a declared page that is missing", manifest("profile", ["/app", "/app/profile", "/app/gone"])],
  ["a name that is not the folder's", manifest("account", ["/app", "/app/profile"])],
])("%s is refused", (_, text) => {
  expect(() => checkFeatures(app(text), "front-public", ROUTES)).toThrow(WrongManifest);
});
