// @vitest-environment node
/** The theme of pages that read no profile, and the ways out of a login. */
import type { ClientActionFunctionArgs } from "react-router";
import { expect, test, vi } from "vitest";
import { notifyTabs } from "../live/tabs.ts";
import { logOutTabs } from "./logout.ts";
import type { UserSession } from "./session.server.ts";
import { keepTheme, readTheme } from "./theme.server.ts";

vi.mock("../live/tabs.ts", () => ({ notifyTabs: vi.fn() }));

const session = (theme?: string) => {
  const cookies = new Map(theme ? [["dashboard_theme", theme]] : []);
  return { cookies, setCookie: vi.fn() } as unknown as UserSession;
};

test.each([
  ["dark", "dark"],
  ["light", "light"],
  ["system", "system"],
  ["pink", "system"],
  [undefined, "system"],
])("a cookie that says %s is the theme %s", (cookie, theme) => {
  expect(readTheme(session(cookie))).toBe(theme);
});

test("a theme is kept for a year, and only when it is another", () => {
  const subject = session("dark");
  keepTheme(subject, "dark");
  expect(subject.setCookie).not.toHaveBeenCalled();
  keepTheme(subject, "light");
  expect(subject.setCookie).toHaveBeenCalledWith("dashboard_theme", "light", 31_536_000);
});

test("who logs out takes the other tabs along, even when the server does not answer", async () => {
  const action = (serverAction: () => Promise<unknown>) =>
    logOutTabs({ serverAction } as unknown as ClientActionFunctionArgs);
  expect(await action(async () => "gone")).toBe("gone");
  await expect(action(() => Promise.reject(new Error("away")))).rejects.toThrow("away");
  expect(vi.mocked(notifyTabs).mock.calls).toEqual([[{ type: "signed-out" }], [{ type: "signed-out" }]]);
});
