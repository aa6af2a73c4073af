import type { NotificationPreferences } from "@dashboard/front/api/types.ts";
import { renderToStaticMarkup } from "react-dom/server";
import { createMemoryRouter, RouterProvider } from "react-router";
import { expect, test } from "vitest";
import { NotificationChoices } from "./NotificationChoices.tsx";

type Kind = { kind: string; live: boolean; mail: string };

const render = (...kinds: Kind[]) => renderIn("Asia/Ho_Chi_Minh", ...kinds);

function renderIn(timeZone: string | null, ...kinds: Kind[]): string {
  const stored = { kinds, quiet_hours: null, version: 3 } as NotificationPreferences;
  const element = <NotificationChoices stored={stored} refused={undefined} timeZone={timeZone} />;
  return renderToStaticMarkup(<RouterProvider router={createMemoryRouter([{ path: "/", element }])} />);
}

test("a kind of a newer service is offered by its own name, and sent along", () => {
  const html = render({ kind: "weekly_report", live: true, mail: "daily" });
  expect(html).toContain("Weekly report");
  expect(html).toContain('name="kind" value="weekly_report"');
  expect(html).toContain('name="mail.weekly_report"');
});

test("quiet hours name the zone in which they count", () => {
  expect(render()).toContain("Times are in your time zone, Asia/Ho Chi Minh.");
  expect(renderIn(null)).toContain("in UTC without one");
});

test("security is shown and cannot be changed", () => {
  const html = render({ kind: "security", live: true, mail: "at_once" });
  expect(html).toContain('name="kind" value="security"');
  expect(html).not.toContain('name="live.security"');
});
