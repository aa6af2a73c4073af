// @vitest-environment node
import { cpSync, globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";
import { pagesModule } from "./pages-plugin.ts";
import { featureRoutes, findPages, inOwnCase, WrongManifest } from "./registry.ts";

const ROOT = resolve(import.meta.dirname, "../../..");
const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** An `app` folder with the feature `profile`, whose manifest has `pages`. */
function app(pages: string, head = "name: profile\nversion: 1.0.0\nservice: front-public\n"): string {
  const folder = mkdtempSync(join(tmpdir(), "features-"));
  made.push(folder);
  write(join(folder, "features/profile/feature.yaml"), `${head}pages:\n${pages}`);
  write(join(folder, "features/profile/routes/view.tsx"), "");
  return folder;
}

/** The manifests and route modules of a real front. */
function copyOf(front: string): string {
  const folder = mkdtempSync(join(tmpdir(), "features-"));
  made.push(folder);
  const source = join(ROOT, front, "app");
  for (const path of globSync(["**/*.yaml", "**/routes/*.ts*"], { cwd: source }))
    cpSync(join(source, path), join(folder, path));
  return folder;
}

const PAGE = "  - {path: /app/profile, module: view.tsx, navigation: {label: Profile, icon: user-round, order: 1}}\n";

test.each(["front-public", "front-admin"])("a new folder in %s is routed, in the navigation and asked for", (front) => {
  const folder = copyOf(front);
  const before = findPages(folder, front).length;
  write(join(folder, "features/bookmarks/routes/index.tsx"), "");
  write(
    join(folder, "features/bookmarks/feature.yaml"),
    `name: bookmarks\nversion: 1.0.0\nservice: ${front}\npages:\n` +
      "  - path: /app/bookmarks\n    module: index.tsx\n    permissions: [bookmarks:read]\n" +
      "    navigation: {label: Bookmarks, icon: bookmark, order: 15}\n",
  );

  const pages = findPages(folder, front);
  const text = pagesModule(pages);

  expect(pages).toHaveLength(before + 1);
  expect(featureRoutes(folder, front).guarded).toContainEqual(
    expect.objectContaining({ path: "app/bookmarks", file: "features/bookmarks/routes/index.tsx" }),
  );
  expect(text).toContain('from "lucide/dist/esm/icons/bookmark.mjs"');
  expect(text).toMatch(/"to":"\/app\/bookmarks","permissions":\["bookmarks:read"\],"label":"Bookmarks","icon":icon1/);
  expect(text).toMatch(/permissions = \[.*"bookmarks:read".*\]/);
});

test("a page lies behind the login unless it says otherwise", () => {
  const open = "  - {path: /, module: view.tsx, auth_required: false}\n";
  const routes = featureRoutes(app(PAGE + open), "front-public");
  expect(routes.guarded).toMatchObject([{ path: "app/profile" }]);
  expect(routes.open).toMatchObject([{ index: true }]);
});

test("the navigation has its own order", () => {
  const first = "  - {path: /app/z, module: view.tsx, navigation: {label: First, icon: flag, order: 0}}\n";
  const text = pagesModule(findPages(app(PAGE + first), "front-public"));
  expect(text.indexOf("First")).toBeLessThan(text.indexOf("Profile"));
});

test("an action leads to its place on the page, and asks for the page's permissions unless it has its own", () => {
  const offers = `  - {path: /app/z, module: view.tsx, permissions: [z:read], actions: [{label: See}, {label: Do, at: "#do", permissions: [z:do]}]}\n`;
  expect(pagesModule(findPages(app(offers), "front-public"))).toContain(
    'actions = [{"to":"/app/z","label":"See","permissions":["z:read"]},{"to":"/app/z#do","label":"Do","permissions":["z:do"]}]',
  );
});

test("a feature may have no page", () => expect(findPages(app("  []\n"), "front-public")).toEqual([]));

test("a path matches in its own case only", () => {
  const routes = [{ path: "app", file: "app.tsx", children: [{ path: "profile", file: "p.tsx" }] }];
  const [route] = inOwnCase(routes);
  expect([route?.caseSensitive, route?.children?.[0]?.caseSensitive]).toEqual([true, true]);
});

test.each([
  [
    "a module that is missing",
    "  - {path: /app/gone, module: gone.tsx}\n",
    "there is no features/profile/routes/gone.tsx",
  ],
  ["a page twice", PAGE + PAGE, "has the page /app/profile already"],
  ["a module outside its folder", "  - {path: /x, module: ../../other.tsx}\n", "`module` names no"],
  ["a path without its slash", "  - {path: x, module: view.tsx}\n", "begin with /"],
  ["a key that nobody reads", "  - {path: /x, module: view.tsx, permission: a:b}\n", "nobody reads permission"],
  ["permissions that are no list", "  - {path: /x, module: view.tsx, permissions: a:b}\n", "no list"],
  [
    "an entry without its order",
    "  - {path: /x, module: view.tsx, navigation: {label: X, icon: flag}}\n",
    "`icon` and `order`",
  ],
  [
    "an entry without its icon",
    "  - {path: /x, module: view.tsx, navigation: {label: X, order: 1}}\n",
    "`label`, `icon`",
  ],
  ["an action without its name", '  - {path: /x, module: view.tsx, actions: [{at: "#plans"}]}\n', "needs a `label`"],
  [
    "an action on another page",
    "  - {path: /x, module: view.tsx, actions: [{label: X, at: /y}]}\n",
    "begins with # or ?",
  ],
  [
    "an action's key that nobody reads",
    "  - {path: /x, module: view.tsx, actions: [{label: X, to: /y}]}\n",
    "reads to",
  ],
  [
    "an entry for everybody",
    "  - {path: /x, module: view.tsx, auth_required: false, navigation: {label: X, order: 1}}\n",
    "only pages behind the login",
  ],
])("%s is refused", (_, pages, why) => {
  expect(() => findPages(app(pages), "front-public")).toThrow(WrongManifest);
  expect(() => findPages(app(pages), "front-public")).toThrow(why);
});

test.each([
  ["of another folder", "name: account\nversion: 1.0.0\nservice: front-public\n", "is not its folder's"],
  ["of another service", "name: profile\nversion: 1.0.0\nservice: front-admin\n", "is not front-public"],
  ["without a version", "name: profile\nservice: front-public\n", "version is not semver"],
])("a manifest %s is refused", (_, head, why) => {
  expect(() => findPages(app(PAGE, head), "front-public")).toThrow(why);
});
