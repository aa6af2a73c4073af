import type { BillingRun } from "@dashboard/front/api/types.ts";
import { renderToStaticMarkup } from "react-dom/server";
import { createMemoryRouter, RouterProvider } from "react-router";
import { expect, test } from "vitest";
import { RunCard } from "./RunCard.tsx";

const render = (changes: Partial<BillingRun>) => {
  const run = {
    id: "r",
    task_id: "t",
    period: "2026-11",
    dry_run: false,
    state: "succeeded",
    due: 4,
    processed: 4,
    invoices: 3,
    total_minor: { EUR: 3600 },
    requested_by: "u",
    created_at: "2026-11-23T12:00:00Z",
    ...changes,
  } as BillingRun;
  return renderToStaticMarkup(
    <RouterProvider router={createMemoryRouter([{ path: "/", element: <RunCard run={run} /> }])} />,
  );
};

test("a run under way shows how far it has come", () => {
  const html = render({ state: "running", processed: 1 });
  expect(html).toContain("Progress of the run");
  expect(html).toContain('value="25"');
});

test("a finished run shows its figures in major units", () => {
  const html = render({});
  expect(html).toContain("Invoices issued");
  expect(html).toContain("36.00");
});

test("a preview does not claim to have issued anything", () => {
  expect(render({ dry_run: true })).not.toContain("Invoices issued");
});

test("a run that failed says why and what to do", () => {
  const html = render({ state: "failed", error: "There is no such plan." });
  expect(html).toContain("There is no such plan.");
  expect(html).toContain("Start it again");
});

test("who started it is distinguished", () => {
  expect(render({ requested_by: null })).toContain("Started automatically");
  expect(render({})).toContain("Started manually by");
  expect(render({})).toContain("/users/u");
});
