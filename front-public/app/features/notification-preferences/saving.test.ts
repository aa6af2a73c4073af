// @vitest-environment node
/** Preferences are saved at the version that was read; a second writer sees what is stored. */
import { asking, form, redirected } from "@dashboard/front/tests/asking.ts";
import { afterEach, expect, test, vi } from "vitest";
import { savePreferences } from "./notification-preferences.server.ts";

const FORM = { kind: "billing", "live.billing": "on", "mail.billing": "daily", version: "2" };
const STORED = { kinds: [], quiet_hours: null, version: 3 };
afterEach(() => vi.unstubAllGlobals());

test("saved choices lead back to the settings", async () => {
  const { session, asked, messages } = asking();
  expect(await redirected(savePreferences(session, form(FORM)))).toBe("/app/settings");
  expect(messages()).toEqual(["Notification settings saved."]);
  expect(asked[0]).toMatchObject({
    call: "PUT /api/notification-preferences",
    json: { kinds: [{ kind: "billing", live: true, mail: "daily" }], quiet_hours: null },
  });
  expect(asked[0]?.headers.get("if-match")).toBe('"2"');
});

test("who saves second sees what is stored, if it can be read", async () => {
  const { session } = asking({ problem: 412 }, STORED);
  const refused = await savePreferences(session, form(FORM));
  expect(refused).toMatchObject({ init: { status: 412 }, data: { intent: "notifications", theirs: STORED } });
  const away = asking({ problem: 412 }, { problem: 503 });
  expect((await savePreferences(away.session, form(FORM))).data.theirs).toBeUndefined();
});

test("another refusal reads nothing, and keeps what was chosen", async () => {
  const { session, asked } = asking({ problem: 422 });
  const refused = await savePreferences(session, form(FORM));
  expect(refused).toMatchObject({ init: { status: 422 }, data: { mine: { kinds: [{ kind: "billing" }] } } });
  expect(asked).toHaveLength(1);
});
