/** Parts that every page is made of, as markup: what they say, and to whom. */
import { renderToStaticMarkup } from "react-dom/server";
import { createMemoryRouter, MemoryRouter, RouterProvider } from "react-router";
import { expect, test } from "vitest";
import { Avatar } from "./avatar.tsx";
import { ButtonLink } from "./button.tsx";
import { Card, PageHeader } from "./card.tsx";
import { cx } from "./cx.ts";
import { Dialog } from "./dialog.tsx";
import { Empty } from "./empty.tsx";
import { ProblemNotice } from "./form.tsx";
import { Icon } from "./icon.ts";
import { LoginFields } from "./login-fields.tsx";
import { Money, Period } from "./money.tsx";
import { Notice } from "./notice.tsx";
import { Pagination } from "./pagination.tsx";
import { Progress } from "./progress.tsx";
import { Reference, ReferencePath } from "./reference.tsx";
import { TextLink } from "./text-link.tsx";
import { Unavailable } from "./unavailable.tsx";
import { PreferencesContext, When } from "./when.tsx";

/** The element at the address `at`, as a document. */
function shown(element: React.ReactNode, at = "/app"): HTMLElement {
  const host = document.createElement("div");
  host.innerHTML = renderToStaticMarkup(<MemoryRouter initialEntries={[at]}>{element}</MemoryRouter>);
  return host;
}

/** An element that needs a router with data. */
function inRouter(element: React.ReactNode, at = "/app"): HTMLElement {
  const host = document.createElement("div");
  const router = createMemoryRouter([{ path: "*", element }], { initialEntries: [at] });
  host.innerHTML = renderToStaticMarkup(<RouterProvider router={router} />);
  return host;
}

const links = (host: HTMLElement) =>
  [...host.querySelectorAll("a")].map((link) => [link.textContent, link.getAttribute("href")]);

test("names of classes are joined, empty ones left out", () => {
  expect(cx("a", "", null, undefined, false, "b")).toBe("a b");
});

test.each([
  ["Ada Lovelace", "AL"],
  ["ada king lovelace", "AL"],
  ["  Ada  ", "A"],
  ["𝒜da", "𝒜"],
])("without a picture %s is %s", (name, initials) => {
  const avatar = shown(<Avatar name={name} />);
  expect(avatar.textContent).toBe(initials);
  expect(avatar.querySelector("[aria-hidden]")).not.toBeNull();
});

test("somebody without a name is a figure, in the size of the picture", () => {
  expect(
    shown(<Avatar name=" " />)
      .querySelector("svg")
      ?.getAttribute("width"),
  ).toBe("18");
  expect(
    shown(<Avatar name="" size="large" />)
      .querySelector("svg")
      ?.getAttribute("width"),
  ).toBe("40");
});

test("a picture is decoration: the name stands beside it", () => {
  const image = shown(<Avatar name="Ada" url="/avatars/1" />).querySelector("img");
  expect(image?.getAttribute("src")).toBe("/avatars/1");
  expect(image?.getAttribute("alt")).toBe("");
});

test("an icon is hidden from screen readers, and as large as asked", () => {
  const shapes = [["path", { d: "M1 1" }]] as [string, Record<string, string>][];
  const icon = shown(<Icon of={shapes} />).firstElementChild;
  expect(icon?.getAttribute("aria-hidden")).toBe("true");
  expect([icon?.getAttribute("width"), icon?.getAttribute("height")]).toEqual(["24", "24"]);
  expect(icon?.getAttribute("stroke")).toBe("currentColor");
  expect(icon?.querySelector("path")?.getAttribute("d")).toBe("M1 1");
});

test("a first page that is the only one has no links to others", () => {
  expect(shown(<Pagination label="Users" next={null} />).innerHTML).toBe("");
});

test("a page leads on to the next, and back to the first, with the search kept", () => {
  const first = shown(<Pagination label="Users" next="c-2" />, "/users?q=ada");
  expect(first.querySelector("nav")?.getAttribute("aria-label")).toBe("Users");
  expect(links(first)).toEqual([["Next page", "/users?q=ada&cursor=c-2"]]);
  const last = shown(<Pagination label="Users" next={undefined} />, "/users?q=ada&cursor=c-2");
  expect(links(last)).toEqual([["Back to the first page", "/users?q=ada"]]);
  const named = shown(<Pagination label="Users" name="page" next="c-3" />, "/users?page=c-2");
  expect(links(named).map(([, href]) => href)).toEqual(["/users", "/users?page=c-3"]);
});

test("amounts, months and moments are written as the reader does", () => {
  const german = { locale: "de", timeZone: "Europe/Berlin" };
  const text = (element: React.ReactNode) =>
    shown(<PreferencesContext value={german}>{element}</PreferencesContext>).textContent;
  expect(text(<Money minor={123_400} currency="EUR" />)).toMatch(/^1\.234,00\s€$/);
  expect(text(<Period period="2026-11" />)).toBe("November 2026");
  expect(text(<When at="2026-11-23T23:30:00Z" />)).toBe("24.11.2026, 00:30");
  expect(text(<When at="2026-11-23T23:30:00Z" dateOnly />)).toBe("24. November 2026");
  expect(shown(<When at="2026-11-23T23:30:00Z" />).textContent).toBe("Nov 23, 2026, 11:30 PM");
  expect(
    shown(<When at="2026-11-23" />)
      .querySelector("time")
      ?.getAttribute("datetime"),
  ).toBe("2026-11-23");
});

test("bad news are an alert, other news a status; words stand below only when there are some", () => {
  const bad = shown(<Notice tone="bad" title="No" />);
  expect(bad.querySelector("[role=alert]")?.textContent).toBe("No");
  expect(bad.querySelectorAll("p + div")).toHaveLength(0);
  for (const tone of ["good", "warn", "info"] as const) {
    const notice = shown(
      <Notice tone={tone} title="Yes">
        Words
      </Notice>,
    );
    expect(notice.querySelector("[role=status] p + div")?.textContent).toBe("Words");
  }
  expect(bad.firstElementChild?.getAttribute("tabindex")).toBe("-1");
});

test("how far something is, is shown in whole percent", () => {
  const progress = shown(<Progress value={0.456} label="Import" />);
  expect(progress.querySelector("progress")?.getAttribute("value")).toBe("46");
  expect(progress.querySelector("progress")?.getAttribute("aria-label")).toBe("Import");
  expect(progress.querySelector("p")?.textContent).toBe("46%");
});

test("a correlation id is a link only for who may see what is behind it", () => {
  expect(links(shown(<Reference id="request-1" />))).toEqual([]);
  const linked = shown(
    <ReferencePath value="/traces">
      <Reference id="request-1" />
    </ReferencePath>,
  );
  expect(links(linked)).toEqual([["request-1", "/traces/request-1"]]);
});

test("a part that cannot be shown says so, with its reference for who asks support", () => {
  const problem = { type: "urn:x", title: "Unavailable", status: 503, correlation_id: "request-1" };
  const part = shown(<Unavailable what="Your invoices" problem={problem} />, "/app/billing?a=1");
  expect(part.querySelector("[role=status]")?.textContent).toContain("Your invoices can’t be shown right now.");
  expect(links(part)).toEqual([["Try now", "/app/billing?a=1"]]);
  expect(part.querySelector(".sr-only")?.textContent).toBe(" Reference: request-1");
  const bare = shown(<Unavailable what="It" problem={{ ...problem, correlation_id: undefined }} />);
  expect(bare.textContent).not.toContain("Reference");
});

test("who may see traces gets the reference of a missing part as a link", () => {
  const problem = { type: "urn:x", title: "Unavailable", status: 503, correlation_id: "request-1" };
  const part = (shownProblem: typeof problem | Omit<typeof problem, "correlation_id">) =>
    shown(
      <ReferencePath value="/traces">
        <Unavailable what="It" problem={shownProblem} />
        <ProblemNotice problem={shownProblem} />
      </ReferencePath>,
    );
  expect(links(part(problem)).filter(([, href]) => href === "/traces/request-1")).toHaveLength(2);
  expect(part(problem).querySelector(".sr-only")).toBeNull();
  const { correlation_id: _, ...bare } = problem;
  expect(part(bare).textContent).not.toContain("Reference");
});

test("a form's problem is shown in its own words; one of ours without details", () => {
  const problem = { type: "urn:x", title: "Conflict", status: 409, detail: "It is taken." };
  expect(shown(<ProblemNotice problem={problem} />).textContent).toBe("It is taken.");
  expect(shown(<ProblemNotice problem={{ ...problem, detail: "" }} />).textContent).toBe("Conflict");
  const ours = shown(<ProblemNotice problem={{ ...problem, status: 500, correlation_id: "request-1" }} />).textContent;
  expect(ours).toContain("That didn’t work");
  expect(ours).not.toContain("request-1");
});

test("a dialog is named by its title, and can always be left", () => {
  const dialog = shown(
    <Dialog id="end" title="End it?" actions={<b>End</b>} open={{}}>
      Sure?
    </Dialog>,
  ).querySelector("dialog");
  expect(dialog?.open).toBe(true);
  const title = dialog?.querySelector(`#${dialog.getAttribute("aria-labelledby")}`);
  expect(title?.textContent).toBe("End it?");
  const button = dialog?.querySelector("button");
  expect([button?.textContent, button?.getAttribute("command"), button?.getAttribute("commandfor")]).toEqual([
    "Cancel",
    "close",
    "end",
  ]);
});

test("a card and a page's head have only what they are given", () => {
  const bare = shown(<Card>Words</Card>);
  expect(bare.querySelector("section")?.innerHTML).toBe("Words");
  const full = shown(
    <Card id="plan" title="Plan" aside={<i>Pro</i>} className="wide">
      Words
    </Card>,
  );
  expect(full.querySelector("section#plan.wide h2")?.textContent).toBe("Plan");
  expect(full.querySelector("h2 + i")?.textContent).toBe("Pro");
  expect(shown(<PageHeader title="Users" />).querySelectorAll("header p")).toHaveLength(0);
  expect(shown(<PageHeader title="Users">All of them</PageHeader>).querySelector("h1 + p")?.textContent).toBe(
    "All of them",
  );
});

test("where nothing is, a title says so, with words only when there are some", () => {
  expect(shown(<Empty icon={[]} title="No news" />).querySelectorAll("p + div")).toHaveLength(0);
  expect(
    shown(
      <Empty icon={[]} title="No news">
        Yet
      </Empty>,
    ).querySelector("p + div")?.textContent,
  ).toBe("Yet");
});

test("links keep their own classes", () => {
  expect(shown(<TextLink to="/a" className="mine" />).querySelector("a")?.className).toMatch(/underline.* mine$/);
  expect(shown(<ButtonLink to="/a" className="mine" />).querySelector("a")?.className).toMatch(/bg-surface.* mine$/);
  expect(shown(<ButtonLink to="/a" />).querySelector("a")?.className).toMatch(/bg-sunken$/);
});

test("a login asks for address and password, shows what was typed, and keeps where it leads", () => {
  const errors = [{ field: "email", message: "No such address." }];
  const problem = { type: "urn:x", title: "Invalid", status: 422, errors };
  const form = inRouter(<LoginFields next="/app/billing" email="ada@example.com" problem={problem} />);
  const fields = [...form.querySelectorAll("input")].map(({ name, type, value, required }) => [
    name,
    type,
    value,
    required,
  ]);
  expect(fields).toEqual([
    ["next", "hidden", "/app/billing", false],
    ["email", "email", "ada@example.com", true],
    ["password", "password", "", true],
  ]);
  expect(form.querySelector(".field-error")?.textContent).toBe("No such address.");
  expect(form.querySelector("form")?.getAttribute("method")).toBe("post");
  expect(form.querySelector("[role=alert]")).toBeNull();
});
