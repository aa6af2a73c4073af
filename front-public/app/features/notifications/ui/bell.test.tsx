/** The bell and the filter of the list: what they say and where they lead. */
import { act } from "react";
import { createRoot } from "react-dom/client";
import { renderToStaticMarkup } from "react-dom/server";
import { MemoryRouter } from "react-router";
import { expect, test } from "vitest";
import { Bell } from "./Bell.tsx";
import { FilterBar } from "./FilterBar.tsx";

const LATEST = { ok: true as const, data: { items: [], next_cursor: null } };

function shown(element: React.ReactNode): HTMLElement {
  const host = document.createElement("div");
  host.innerHTML = renderToStaticMarkup(<MemoryRouter>{element}</MemoryRouter>);
  return host;
}

test.each([
  [0, undefined, "Notifications, 0 unread"],
  [1, "1", "Notifications, 1 unread"],
  [99, "99", "Notifications, 99 unread"],
  [100, "99+", "Notifications, more than 99 unread"],
])("of %i unread the bell shows %s and says: %s", (count, number, words) => {
  const bell = shown(<Bell latest={LATEST} unread={{ ok: true, data: count }} />);
  expect(bell.querySelector(".unread-count")?.textContent).toBe(number);
  expect(bell.querySelector("[aria-live]")?.textContent).toBe(words);
});

test("while nobody knows how many are unread, the bell says nothing about it", () => {
  const problem = { type: "urn:x", title: "Unavailable", status: 503 };
  const bell = shown(<Bell latest={LATEST} unread={{ ok: false, problem }} />);
  expect(bell.querySelector(".unread-count")).toBeNull();
  expect(bell.querySelector("[aria-live]")?.textContent).toBe("Notifications");
});

test("without scripts the bell is a link to all, with them it opens the latest", async () => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  const bell = <Bell latest={LATEST} unread={{ ok: true, data: 1 }} />;
  expect(shown(bell).querySelector("a")?.getAttribute("href")).toBe("/app/notifications");
  const host = document.createElement("div");
  const root = createRoot(host);
  await act(async () => root.render(<MemoryRouter>{bell}</MemoryRouter>));
  expect(host.querySelector("a")).toBeNull();
  const popover = host.querySelector("[role=dialog]");
  expect(host.querySelector("button")?.getAttribute("popovertarget")).toBe(popover?.id);
  expect(popover?.innerHTML).toBe("");
  act(() => root.unmount());
});

test("each choice of the filter leads to its list and leaves the other choice", () => {
  const bar = shown(<FilterBar filter={{ unread: true, kind: "security" }} />);
  const links = [...bar.querySelectorAll("a")];
  const to = (words: string) => links.find(({ textContent }) => textContent === words)?.getAttribute("href");
  expect(to("All")).toBe("/?kind=security");
  expect(to("Unread")).toBe("/?unread=true&kind=security");
  expect(to("All kinds")).toBe("/?unread=true");
  const chosen = links.filter((link) => link.getAttribute("aria-current") === "page");
  expect(chosen.map(({ textContent }) => textContent)).toEqual(["Unread", expect.stringMatching(/security/i)]);
  const all = shown(<FilterBar filter={{ unread: false, kind: null }} />).querySelectorAll("[aria-current=page]");
  expect([...all].map(({ textContent }) => textContent)).toEqual(["All", "All kinds"]);
});
