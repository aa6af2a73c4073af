/** Tables and what stands around them, as they are rendered on the server. */

import { expect, test } from "vitest";
import { shown as shownAt } from "../tests/shown.tsx";
import { Ago } from "./ago.tsx";
import type { Column } from "./column.ts";
import { DataTable } from "./data-table.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { Id } from "./middle.tsx";
import { NoList, Nothing } from "./nothing.tsx";
import { RowPanel } from "./panel.tsx";
import { Address, Person } from "./person.tsx";
import { RowLink } from "./row-link.tsx";
import { BulkBar, selectionOf } from "./selection.tsx";
import { Toolbar, Total } from "./toolbar.tsx";

interface Row {
  id: string;
  name: string;
}
const COLUMNS: Column<Row>[] = [
  {
    title: "Name",
    sort: "name",
    cell: ({ id, name }) => (
      <RowLink to={`/people/${id}`} id={id}>
        {name}
      </RowLink>
    ),
  },
  { title: "Letters", right: true, cell: ({ name }) => name.length },
];
const ROWS = [
  { id: "1", name: "Ada" },
  { id: "2", name: "<script>alert(1)</script>" },
];

const shown = (element: React.ReactNode, at = "/people?role=admin") => shownAt(element, at);

const table = (at?: string, sort?: string) =>
  shown(<DataTable caption="People" columns={COLUMNS} rows={ROWS} keyOf={({ id }) => id} sort={sort} />, at);

test("a header sorts by a link, and says which way the list is sorted", () => {
  const [name, letters] = table("/people?role=admin&cursor=c", "-name").querySelectorAll("th[scope=col]");
  expect(name?.getAttribute("aria-sort")).toBe("descending");
  expect(name?.querySelector("a")?.getAttribute("href")).toBe("/people?role=admin&sort=name");
  expect(letters?.hasAttribute("aria-sort")).toBe(false);
  expect(letters?.querySelector("a")).toBeNull();
  expect(table().querySelector("thead a")).toBeNull();
});

test("a row is named by its first cell, leads to its page, and what somebody typed stays text", () => {
  const host = table();
  expect([...host.querySelectorAll("th[scope=row] a")].map((link) => link.getAttribute("href"))).toEqual([
    "/people/1",
    "/people/2",
  ]);
  expect(host.querySelector("script")).toBeNull();
  const cell = host.querySelector("td");
  expect([cell?.dataset.label, cell?.textContent]).toEqual(["Letters", "3"]);
});

test("rows are dense when the address says so", () => {
  expect(table("/people?density=compact").querySelector("table.compact")).not.toBeNull();
  expect(table().querySelector("table.compact")).toBeNull();
});

const SEARCH = { name: "q", label: "Search" };
const FILTERS = [{ name: "role", label: "Role", options: [{ value: "admin", label: "Admin" }] }];
const bar = (at?: string, problem?: object) =>
  shown(<FilterBar label="People" search={SEARCH} filters={FILTERS} problem={problem as never} />, at);

test("one form has the search and all filters with their values, and keeps the order", () => {
  const form = bar("/people?role=admin&q=ada&sort=name&cursor=c").querySelector("form");
  const sent = [...(form?.querySelectorAll<HTMLInputElement>("[name]") ?? [])].map(({ name }) => name);
  expect(sent).toEqual(["sort", "q", "role"]);
  expect(form?.querySelector("option[selected]")?.textContent).toBe("Admin");
  expect(form?.getAttribute("method") ?? "get").toBe("get");
});

test("a chip takes its filter out; all go at once when there are several", () => {
  const chips = (at: string) =>
    [...bar(at).querySelectorAll("li a")].map((link) => [link.textContent, link.getAttribute("href")]);
  expect(chips("/people?role=admin&sort=name")).toEqual([["Role: Admin×", "/people?sort=name"]]);
  expect(chips("/people?role=admin&q=a").at(-1)).toEqual(["Clear all", "/people"]);
  expect(bar("/people").querySelector("ul")).toBeNull();
});

test("what is wrong with a filter stands at its field, and the fields are open", () => {
  const problem = { status: 422, errors: [{ field: "role", message: "There is no such role." }] };
  const host = bar("/people?role=root", problem);
  expect(host.querySelector("details")?.open).toBe(true);
  expect(host.querySelector(".field-error")?.textContent).toBe("There is no such role.");
  const list = shown(<NoList what="People" problem={problem as never} names={["role", "q"]} />, "/people?role=root");
  expect(list.textContent).toContain("This filter isn’t valid: role");
  const away = shown(<NoList what="People" problem={{ ...problem, status: 503 } as never} names={[]} />);
  expect(away.textContent).toContain("People can’t be shown right now.");
});

test.each([
  [{ total: 143 }, false, "143 people"],
  [{ total: 1 }, true, "1 person matches"],
  [{ total: 10_000, more: true }, false, "More than 10,000 people"],
  [{}, true, "2 people match"],
])("%j is told as a total", (page, narrowed, words) => {
  const host = shown(<Total page={{ items: [1, 2], ...page }} one="person" many="people" narrowed={narrowed} />);
  expect(host.textContent).toBe(words);
});

test("the file has the filters and the order of the list, and no place in it", () => {
  const host = shown(
    <Toolbar csv="/people.csv">2 people</Toolbar>,
    "/people?role=admin&sort=name&cursor=c&show=1&density=compact",
  );
  expect(host.querySelector("a[download]")?.getAttribute("href")).toBe("/people.csv?role=admin&sort=name");
  expect(host.querySelector("a")?.textContent).toBe("Comfortable rows");
});

test("an empty list says whether there is nothing, or nothing that matches", () => {
  const nothing = (narrowed: string | null) => shown(<Nothing icon={[]} title="Nobody yet" narrowed={narrowed} />);
  expect(nothing(null).textContent).toBe("Nobody yet");
  expect(nothing("Nobody matches").querySelector("a")?.getAttribute("href")).toBe("/people");
});

test("a panel leads to the page of its row, and closes to the same list", () => {
  const host = shown(
    <RowPanel id="1" to="/people/1" label="Person">
      Ada
    </RowPanel>,
    "/people?cursor=c&show=1",
  );
  expect([...host.querySelectorAll("a")].map((link) => link.getAttribute("href"))).toEqual([
    "/people/1",
    "/people?cursor=c",
  ]);
});

test("chosen rows go with the form of the bar, and each box is named after its row", () => {
  const selection = selectionOf<Row>({ form: "bulk", idOf: ({ id }) => id, labelOf: ({ name }) => name });
  const host = shown(
    <>
      <DataTable caption="People" columns={COLUMNS} rows={ROWS} keyOf={({ id }) => id} selection={selection} />
      <BulkBar form="bulk" what="people">
        <button type="submit">Greet</button>
      </BulkBar>
    </>,
  );
  const boxes = [...host.querySelectorAll<HTMLInputElement>("input[type=checkbox]")];
  expect(boxes.map((box) => [box.getAttribute("form"), box.name, box.value])).toEqual([
    ["bulk", "id", "1"],
    ["bulk", "id", "2"],
  ]);
  expect(boxes[0]?.getAttribute("aria-label")).toBe("Select Ada");
  expect(host.querySelector<HTMLFormElement>("form#bulk")?.hidden).toBe(false);
});

test("an address breaks behind its @, and a very long one lacks its middle", () => {
  const short = shown(<Address of="ada@example.com" />);
  expect(short.querySelector("bdi")?.innerHTML).toBe("ada@<wbr>example.com");
  const long = `${"a".repeat(60)}@${"b".repeat(60)}.example`;
  const cut = shown(<Address of={long} />).querySelector("bdi");
  expect(cut?.title).toBe(long);
  expect(cut?.textContent?.length).toBeLessThanOrEqual(42);
  expect(shown(<Address of="nobody" />).textContent).toBe("nobody");
});

test("somebody without a name is called by the address, once", () => {
  expect(shown(<Person email="ada@example.com" />).textContent?.match(/ada@/g)).toHaveLength(1);
  expect(shown(<Person name="Ada" email="ada@example.com" />).textContent).toBe("AAdaada@example.com");
});

test("an id is short for the eye and whole for the ear; a moment is exact in its title", () => {
  const id = shown(<Id of="01998a6c-3d10-7a4b-8c1e-5f0a2b3c4d5f" />);
  expect(id.querySelector("[aria-hidden]")?.textContent).toBe("01998a6c…4d5f");
  expect(id.querySelector(".sr-only")?.textContent).toBe("01998a6c-3d10-7a4b-8c1e-5f0a2b3c4d5f");
  const time = shown(<Ago at="2020-01-02T03:04:05Z" />).querySelector("time");
  expect([time?.dateTime, time?.title, time?.textContent]).toEqual([
    "2020-01-02T03:04:05Z",
    "Thursday, January 2, 2020 at 3:04:05 AM UTC",
    "Jan 2, 2020",
  ]);
});
