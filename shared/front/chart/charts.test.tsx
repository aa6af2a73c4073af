/** Charts as they are rendered: what is drawn, what is said, and the cases at the edge. */
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Bars, Histogram, StackedBars } from "./bars.tsx";
import { changeOf, DeltaChip } from "./delta.tsx";
import { Area, Sparkline } from "./line.tsx";
import { UptimeStrip } from "./strip.tsx";

function drawn(element: React.ReactNode): HTMLElement {
  const host = document.createElement("div");
  host.innerHTML = renderToStaticMarkup(element);
  return host;
}

const points = (...values: (number | null)[]) => values.map((value, at) => ({ name: `day ${at}`, value }));
const paths = (host: HTMLElement, kind: string) =>
  [...host.querySelectorAll(`path[class*="${kind}"]`)].map((path) => path.getAttribute("d"));
const rows = (host: HTMLElement) => [...host.querySelectorAll("tbody tr")].map((row) => row.textContent);
const label = (host: HTMLElement) => host.querySelector("svg")?.getAttribute("aria-label");

test("an area is a line over its ground, said in words and numbers", () => {
  const host = drawn(<Area label="Sign-ups" points={points(2, 4, 0)} />);
  expect(paths(host, "stroke-accent")).toEqual(["M16.67 50L50 0L83.33 100"]);
  expect(paths(host, "fill-accent-soft")).toEqual(["M16.67 100L16.67 50L50 0L83.33 100L83.33 100Z"]);
  expect(label(host)).toBe("Sign-ups: between 0 and 4, at last 0");
  expect(rows(host)).toEqual(["day 02", "day 14", "day 20"]);
  expect(host.querySelector("summary")?.textContent).toBe("Show the numbers of Sign-ups");
  expect(host.querySelector("caption")?.textContent).toBe("Sign-ups");
});

test("one point is a dot, and a gap is not bridged", () => {
  expect(paths(drawn(<Area label="x" points={points(5)} />), "stroke-accent")).toEqual(["M50 16.67h0"]);
  const host = drawn(<Area label="x" points={points(1, null, 1)} />);
  expect(paths(host, "stroke-accent")).toHaveLength(2);
  expect(rows(host)[1]).toBe("day 1–");
});

test("nothing measured is said, not drawn", () => {
  for (const host of [
    drawn(<Area label="Sign-ups" points={[]} />),
    drawn(<Area label="Sign-ups" points={points(null)} />),
    drawn(<Bars label="Sign-ups" points={[]} />),
    drawn(<UptimeStrip label="Sign-ups" cells={[]} />),
  ]) {
    expect(host.querySelector("svg")).toBeNull();
    expect(host.textContent).toBe("Nothing to show yet for Sign-ups.");
  }
});

test("a sparkline is an ornament beside its figure, also of nothing", () => {
  expect(drawn(<Sparkline points={points(1, 3)} />).firstElementChild?.getAttribute("aria-hidden")).toBe("true");
  expect(drawn(<Sparkline points={[]} />).querySelectorAll("path")).toHaveLength(0);
});

test("bars stand on zero, and negative ones hang from it", () => {
  const host = drawn(<Bars label="Balance" points={points(5, -5)} />);
  expect(paths(host, "fill-accent")).toEqual(["M6.25 50V8.33h37.5V50ZM56.25 50V91.67h37.5V50Z"]);
  expect(label(host)).toBe("Balance: in total Balance 0");
});

test("stacked bars pile up, each series in its tone with a legend", () => {
  const series = [
    { name: "Succeeded", tone: "accent" as const, values: [3, 0] },
    { name: "Failed", tone: "bad" as const, values: [1, 2] },
  ];
  const host = drawn(<StackedBars label="Requests" names={["8:00", "9:00"]} series={series} />);
  expect(paths(host, "fill-accent")).toEqual(["M6.25 100V25h37.5V100Z"]);
  expect(paths(host, "fill-bad")).toEqual(["M6.25 25V0h37.5V25ZM56.25 100V50h37.5V100Z"]);
  expect(host.querySelector("ul")?.textContent).toBe("SucceededFailed");
  expect(rows(host)).toEqual(["8:0031", "9:0002"]);
  expect([...host.querySelectorAll("thead th")].map((cell) => cell.textContent)).toEqual([
    "When",
    "Succeeded",
    "Failed",
  ]);
});

test("the bars of a histogram touch nearly", () => {
  const host = drawn(<Histogram label="Durations" points={points(1, 1)} />);
  expect(paths(host, "fill-accent")).toEqual(["M0.5 100V0h49V100ZM50.5 100V0h49V100Z"]);
});

test("huge values keep their axis short", () => {
  const host = drawn(<Bars label="x" points={points(9e15)} />);
  expect([...host.querySelectorAll("[aria-hidden] span")].map((each) => each.textContent)).toContain("10,000T");
});

test("a strip says how much of what is known went well; height says the same as colour", () => {
  const cells = [
    { name: "1:00", condition: "good" as const },
    { name: "2:00", condition: "bad" as const },
    { name: "3:00", condition: "none" as const },
  ];
  const host = drawn(<UptimeStrip label="Requests" cells={cells} />);
  expect(label(host)).toBe("Requests: 1 of 2 without a fault");
  expect(new Set([...host.querySelectorAll("rect")].map((cell) => cell.getAttribute("height"))).size).toBe(3);
  expect(rows(host)).toEqual(["1:00good", "2:00bad", "3:00no data"]);
});

test.each([
  [12, 10, "+20 %"],
  [8, 10, "−20 %"],
  [10, 10, "no change"],
  [0, 0, "no change"],
  [5, 0, "from 0"],
  [0, 5, "−100 %"],
  [-5, -10, "+50 %"],
  [1_001, 1_000, "under +1 %"],
  [999, 1_000, "under −1 %"],
  [100_000, 10, "×10,000"],
  [5, -5, "+200 %"],
])("%i after %i is %s", (now, before, text) => expect(changeOf(now, before)).toBe(text));

test.each([
  [2, 1, "more", "text-good"],
  [1, 2, "more", "text-bad"],
  [2, 1, "less", "text-bad"],
  [1, 1, "more", "text-ink-soft"],
  [2, 1, undefined, "text-ink-soft"],
] as const)("%i after %i where %s is better is %s", (now, before, better, tone) => {
  const host = drawn(<DeltaChip now={now} before={before} than="last week" {...(better && { better })} />);
  expect(host.firstElementChild?.className).toContain(tone);
  expect(host.textContent).toContain("compared with last week");
});
