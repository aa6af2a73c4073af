// @vitest-environment node
/** The loader of the page that searches: whom it asks, what it leaves out, and what it says about what is away. */
import { asking } from "@dashboard/front/tests/asking.ts";
import type { LoaderFunctionArgs } from "react-router";
import { afterEach, expect, test, vi } from "vitest";
import { ProblemError } from "../api/problem.ts";
import { featureRegistry } from "../features/feature-registry.server.ts";
import { type PaletteProvider, searchLoader } from "./palette.server.ts";

afterEach(() => vi.unstubAllGlobals());

const entry = (label: string, permissions: string[] = []) => ({ to: `/${label}`, label, permissions, icon: [] });
const FRONT = {
  navigation: [entry("Adapters"), entry("Adages", ["a:read"])],
  actions: [entry("Add one"), { ...entry("Add to them", ["a:write"]), to: "/Adapters" }],
};

const found =
  (...labels: string[]) =>
  async () =>
    labels.map((label) => ({ to: `/${label}`, label }));
const refused = (status: number) => async () => {
  throw new ProblemError({ type: "urn:x", title: "No", status });
};

async function search(q: string, providers: Record<string, PaletteProvider>) {
  const { session } = asking();
  const request = new Request(`http://localhost/search?${new URLSearchParams({ q })}`);
  return searchLoader(FRONT, providers)({ request, context: { get: () => session } } as unknown as LoaderFunctionArgs);
}

test("each provider's finds make a group, at most six of them; empty ones are left out", async () => {
  const providers = {
    "../features/a/palette.server.ts": { title: "A", find: found("1", "2", "3", "4", "5", "6", "7") },
    "../features/b/palette.server.ts": { title: "B", find: found() },
  };
  const { q, groups } = await search("  ada ", providers);
  expect(q).toBe("ada");
  expect(groups.map(({ title, entries }) => [title, entries.length])).toEqual([["A", 6]]);
});

test("nobody is asked for a single letter, and a long text is cut", async () => {
  const find = vi.fn(found("x"));
  const providers = { "../features/a/palette.server.ts": { title: "A", find } };
  expect(await search(" a ", providers)).toMatchObject({ q: "a", groups: [] });
  expect(find).not.toHaveBeenCalled();
  await search("x".repeat(5_000), providers);
  expect(find).toHaveBeenCalledWith(expect.anything(), "x".repeat(100));
});

test("a provider is not asked for who lacks its permission, and is silent where the service refuses", async () => {
  const find = vi.fn(found("x"));
  const providers = {
    "../features/a/palette.server.ts": { title: "A", permission: "users:read", find },
    "../features/b/palette.server.ts": { title: "B", find: refused(403) },
  };
  expect((await search("ada", providers)).groups).toEqual([]);
  expect(find).not.toHaveBeenCalled();
});

test("a group whose service is away says so, and the others are shown", async () => {
  const providers = {
    "../features/a/palette.server.ts": { title: "A", find: refused(503) },
    "../features/b/palette.server.ts": { title: "B", find: found("x") },
  };
  expect((await search("ada", providers)).groups).toEqual([
    { title: "A", entries: [], missing: true },
    { title: "B", entries: [{ to: "/x", label: "x" }] },
  ]);
});

test("a feature that is off finds nothing", async () => {
  vi.spyOn(featureRegistry, "isEnabled").mockImplementation(async (flag) => flag !== "announcements");
  const providers = { "../features/announcements/palette.server.ts": { title: "A", find: found("x") } };
  expect((await search("ada", providers)).groups).toEqual([]);
});

test("pages and actions are found among those that somebody may open", async () => {
  const titles = (known: { title: string; entries: { label: string }[] }[]) =>
    known.map(({ title, entries }) => [title, ...entries.map(({ label }) => label)]);
  expect(titles((await search("", {})).known)).toEqual([
    ["Pages", "Adapters"],
    ["Actions", "Add one"],
  ]);
  expect(titles((await search("adap", {})).known)).toEqual([["Pages", "Adapters"]]);
});
