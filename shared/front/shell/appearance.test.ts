// @vitest-environment node
/** What the switch of the theme and the button of the rail store, with and without JavaScript. */
import { asking, form } from "@dashboard/front/tests/asking.ts";
import type { ActionFunctionArgs } from "react-router";
import { afterEach, expect, test, vi } from "vitest";
import { appearanceAction, readRail } from "./appearance.server.ts";

afterEach(() => vi.unstubAllGlobals());

const save = vi.fn();

async function send(fields: Record<string, string>) {
  const { session } = asking();
  const request = new Request("http://localhost/app/appearance", { method: "POST", body: form(fields) });
  const given = { request, context: { get: () => session } } as unknown as ActionFunctionArgs;
  const answer = await appearanceAction("/app", save)(given).catch((thrown: unknown) => thrown);
  const response = new Response();
  session.finish(response);
  return { answer, cookies: response.headers.getSetCookie().join() };
}

test("a theme is kept in this browser and stored", async () => {
  save.mockResolvedValueOnce(true);
  const { answer, cookies } = await send({ theme: "dark" });
  expect(answer).toEqual({ saved: true });
  expect(cookies).toContain("dashboard_theme=dark");
  expect(save).toHaveBeenCalledWith(expect.anything(), "dark");
});

test("a theme that cannot be stored now is kept in this browser all the same", async () => {
  save.mockResolvedValueOnce(false);
  const { answer, cookies } = await send({ theme: "dark" });
  expect(answer).toEqual({ saved: false });
  expect(cookies).toContain("dashboard_theme=dark");
});

test.each(["open", "closed"])("the rail is remembered as %s", async (rail) => {
  const { answer, cookies } = await send({ rail });
  expect(answer).toEqual({ saved: true });
  expect(cookies).toContain(`dashboard_rail=${rail}`);
});

test.each([
  ["/app/billing?cursor=c", "/app/billing?cursor=c"],
  ["//evil.example", "/app"],
])("without JavaScript the page %s comes back as %s", async (back, path) => {
  const { answer } = await send({ rail: "open", back });
  expect((answer as Response).headers.get("location")).toBe(path);
});

test.each([{ theme: "pink" }, { rail: "wide" }, {}])("%j is refused, and nothing is kept", async (fields) => {
  const { answer, cookies } = await send(fields as Record<string, string>);
  expect(answer).toMatchObject({ init: { status: 400 } });
  expect(cookies).toBe("");
});

test.each([
  ["closed", "closed"],
  ["open", "open"],
  ["wide", "open"],
])("a cookie that says %s is a rail that is %s", (cookie, rail) => {
  const { session } = asking();
  session.cookies.set("dashboard_rail", cookie);
  expect(readRail(session)).toBe(rail);
});
