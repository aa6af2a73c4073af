// @vitest-environment node
/** A flag is saved at the version that was read; a second writer sees what is stored. */
import { asking, form, redirected } from "@dashboard/front/tests/asking.ts";
import { afterEach, expect, test, vi } from "vitest";
import { saveFlag } from "./actions.server.ts";
import { readFlag, readHistory, readReport } from "./feature-flags.server.ts";

const STORED = { name: "presence", state: "on", version: 3 };
const sent = () => form({ enabled: "on", version: "2" });
afterEach(() => vi.unstubAllGlobals());

test("a saved flag leads back to the list, on the version that was read", async () => {
  const { session, asked, messages } = asking();
  expect(await redirected(saveFlag(session, "a/b", sent()))).toBe("/feature-flags");
  expect(messages()).toEqual(["Flag updated. It takes effect within a second."]);
  expect(asked[0]?.call).toBe("PUT /api/feature-flags/a%2Fb");
  expect(asked[0]?.headers.get("if-match")).toBe('"2"');
});

test("who saves second sees what is stored, and who is refused otherwise does not", async () => {
  const { session } = asking({ problem: 412, current: STORED }, { problem: 422, current: STORED });
  expect(await saveFlag(session, "presence", sent())).toMatchObject({
    init: { status: 412 },
    data: { theirs: STORED },
  });
  const refused = await saveFlag(session, "presence", sent());
  expect(refused).toMatchObject({ init: { status: 422 }, data: { problem: { status: 422 } } });
  expect(refused.data.theirs).toBeUndefined();
});

test("the report, a flag and its history are read", async () => {
  const { session, asked } = asking();
  await readReport(session);
  await readFlag(session, "a/b");
  await readHistory(session, "a/b", { limit: 5, cursor: "c" });
  expect(asked.map(({ call }) => call)).toEqual([
    "GET /api/feature-flag-report",
    "GET /api/feature-flags/a%2Fb",
    "GET /api/feature-flags/a%2Fb/history?limit=5&cursor=c",
  ]);
});
