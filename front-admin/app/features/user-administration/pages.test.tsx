/** The list of users and the page of one: what they ask, what they show, and what they say about what is away. */
import { openPage } from "@dashboard/front/tests/pages.tsx";
import { afterEach, expect, test, vi } from "vitest";
import * as list from "./routes/index.tsx";
import * as page from "./routes/user.tsx";

const AWAY = { problem: 503 };
const NONE = { items: [], next_cursor: null, total: 0, more: false };
const AT = "2020-11-23T10:00:00Z";
const ADA = {
  id: "u1",
  name: "Ada",
  email: "ada@example.com",
  role: "admin",
  status: "active",
  plan: "pro",
  created_at: AT,
};
const BOB = { ...ADA, id: "u2", name: "", email: "bob@example.com", role: "user", status: "suspended", plan: "free" };

afterEach(() => vi.unstubAllGlobals());

test("users are asked for as the address says, with who is online, and each is shown with what is known", async () => {
  const found = { items: [ADA, { ...BOB, email_verified_at: AT }], next_cursor: "c2", total: 143, more: false };
  const at = "/users?q=+ada+&role=admin&sort=name&cursor=c1";
  const { host, asked } = await openPage(list, at, found, { online: ["u1"] });
  expect(asked.map(({ call }) => call)).toEqual([
    "GET /api/users?q=ada&role=admin&sort=name&cursor=c1&limit=25&count=true",
    "GET /api/presence?user_id=u1&user_id=u2",
  ]);
  const [one, other] = host.querySelectorAll("tbody tr");
  for (const words of ["Ada", "Online", "ada@example.com", "Admin", "Pro", "Active", "Not yet"])
    expect(one?.textContent).toContain(words);
  for (const words of ["Suspended", "Free", "Nov 23, 2020"]) expect(other?.textContent).toContain(words);
  expect(other?.textContent).not.toContain("Online");
  expect(other?.querySelector("th")?.textContent?.match(/bob@example.com/g)).toHaveLength(1);
  expect(host.querySelector(".total")?.textContent).toBe("143 users match");
  expect(host.querySelector("a[download]")?.getAttribute("href")).toBe(
    "/users/export.csv?q=+ada+&role=admin&sort=name",
  );
});

test.each([
  ["/users?role=admin", "No user matches"],
  ["/users", "No users yet"],
])("%s with nobody says so", async (at, title) => {
  const { host, asked } = await openPage(list, at, NONE);
  expect(host.textContent).toContain(title);
  expect(asked).toHaveLength(1);
});

test("while users are away the page says so, and a filter that is refused is named", async () => {
  const away = await openPage(list, "/users", AWAY);
  expect(away.host.querySelector(".unavailable")).not.toBeNull();
  const errors = [{ field: "role", message: "There is no such role." }];
  const refused = await openPage(list, "/users?role=root", { problem: 422, errors });
  expect(refused.host.querySelector("[role=alert]")?.textContent).toContain("role: There is no such role.");
  expect(refused.host.querySelector(".field-error")?.textContent).toBe("There is no such role.");
});

test("the row that the address names is shown beside the list", async () => {
  const { host } = await openPage(list, "/users?show=u1", NONE, ADA, { online: ["u1"] });
  const panel = await vi.waitFor(() => host.querySelector(".panel") ?? Promise.reject(new Error("no panel yet")));
  expect(panel?.querySelector("h2")?.textContent).toContain("Ada");
  expect(panel?.querySelector("a")?.getAttribute("href")).toBe("/users/u1");
  expect(panel?.querySelector(".facts")?.textContent).toContain("ada@example.com");
});

test("a user has a page, without the activity for whom it is not", async () => {
  const { host, asked } = await openPage(page, "/users/u1", ADA, { online: [] });
  expect(asked).toHaveLength(2);
  expect(host.querySelector("h1")?.textContent).toContain("Ada");
  expect(host.textContent).not.toContain("Activity");
  const away = await openPage(page, "/users/u1", AWAY);
  expect(away.host.querySelector(".unavailable")).not.toBeNull();
});
