// @vitest-environment node
/** The actions of the forms of the profile: the calls to back-api, the redirects, and what a refusal shows. */
import { asking, form, redirected } from "@dashboard/front/tests/asking.ts";
import { afterEach, expect, test, vi } from "vitest";
import { dropAvatar, dropProfile, MESSAGES, saveAvatar, saveProfile, storeTheme } from "./actions.server.ts";
import { AVATAR_BYTES, avatarComplaint } from "./avatar-rules.ts";
import { profileChoices } from "./choices.server.ts";
import { readAvatar } from "./profile.server.ts";

const PROFILE = { user_id: "u1", name: "Ada", theme: "dark", version: 4 };
const FIELDS = { name: " Ada ", bio: "", time_zone: "UTC", locale: "en", version: "3" };
const picture = (type = "image/png") => new File(["x"], "a.png", { type });

afterEach(() => vi.unstubAllGlobals());

test("a saved profile leads back to it, on the version that was read, and the theme is kept", async () => {
  const { session, asked, messages } = asking(PROFILE);
  expect(await redirected(saveProfile(session, form(FIELDS)))).toBe("/app/profile");
  expect(messages()).toEqual([MESSAGES.saved]);
  expect(asked[0]).toMatchObject({ call: "PATCH /api/profile", json: { name: "Ada", locale: "en" } });
  expect(asked[0]?.headers.get("if-match")).toBe('"3"');
  const answer = new Response();
  session.finish(answer);
  expect(answer.headers.getSetCookie().join()).toContain("dashboard_theme=dark");
});

test("a refused profile shows what was typed, and asks for nothing more", async () => {
  const { session, asked } = asking({ problem: 422, errors: [{ field: "name", message: "No." }] });
  const refused = await saveProfile(session, form(FIELDS));
  expect(refused).toMatchObject({ init: { status: 422 }, data: { intent: "save", fields: { name: "Ada" } } });
  expect(refused.data.theirs).toBeUndefined();
  expect(asked).toHaveLength(1);
});

test("whoever saves second sees what is stored: from the answer, else read", async () => {
  const answer = asking({ problem: 412, current: PROFILE });
  expect((await saveProfile(answer.session, form(FIELDS))).data.theirs).toEqual(PROFILE);
  expect(answer.asked).toHaveLength(1);
  const read = asking({ problem: 412 }, PROFILE);
  expect((await saveProfile(read.session, form(FIELDS))).data.theirs).toEqual(PROFILE);
  expect(read.asked[1]?.call).toBe("GET /api/profile");
  const away = asking({ problem: 412 }, { problem: 503 });
  expect((await saveProfile(away.session, form(FIELDS))).data.theirs).toBeUndefined();
  const gone = asking({ problem: 412 }, { problem: 404 });
  expect((await saveProfile(gone.session, form(FIELDS))).data.theirs).toBeUndefined();
});

test.each([
  [{ size: 0, type: "image/png" }, "Choose a picture."],
  [{ size: 1, type: "image/svg+xml" }, "Picture must be a PNG, JPEG, WebP or GIF."],
  [{ size: AVATAR_BYTES + 1, type: "image/png" }, "Picture must be 2 MB or smaller."],
  [{ size: AVATAR_BYTES, type: "image/webp" }, null],
])("of %o the form says: %s", (file, words) => expect(avatarComplaint(file)).toBe(words));

test("a picture is sent as it is; what is none is refused before it is sent", async () => {
  const { session, asked, messages } = asking(PROFILE);
  expect(await redirected(saveAvatar(session, form({ avatar: picture(), version: "3" })))).toBe("/app/profile");
  expect(messages()).toEqual([MESSAGES.avatar]);
  expect(asked[0]?.call).toBe("PUT /api/profile/avatar");
  expect(asked[0]?.headers.get("content-type")).toBe("image/png");
  for (const avatar of [picture("text/plain"), "no file"]) {
    const refused = await saveAvatar(session, form({ avatar, version: "3" }));
    expect(refused).toMatchObject({ init: { status: 422 }, data: { problem: { errors: [{ field: "avatar" }] } } });
  }
  expect(asked).toHaveLength(1);
});

test.each([413, 415, 422])("a picture that back-api refuses with %i is answer at its field", async (status) => {
  const { session } = asking({ problem: status, detail: "Not that one." });
  const refused = await saveAvatar(session, form({ avatar: picture(), version: "3" }));
  expect(refused.data.problem.errors).toEqual([{ field: "avatar", message: "Not that one." }]);
});

test("another refusal of a picture is answer as it is", async () => {
  const { session } = asking({ problem: 412 });
  const refused = await saveAvatar(session, form({ avatar: picture(), version: "3" }));
  expect(refused).toMatchObject({ init: { status: 412 }, data: { intent: "avatar", problem: { status: 412 } } });
});

test.each([
  [dropAvatar, "DELETE /api/profile/avatar", MESSAGES.avatarRemoved, "remove-avatar"],
  [dropProfile, "DELETE /api/profile", MESSAGES.deleted, "delete"],
])("%o asks for its removal, and says when it is refused", async (drop, call, message, intent) => {
  const { session, asked, messages } = asking(PROFILE, { problem: 412 });
  expect(await redirected(drop(session, form({ version: "3" })))).toBe("/app/profile");
  expect(messages()).toEqual([message]);
  expect(asked[0]?.call).toBe(call);
  expect(asked[0]?.headers.get("if-match")).toBe('"3"');
  expect(await drop(session, form({ version: "3" }))).toMatchObject({ init: { status: 412 }, data: { intent } });
});

test("a theme goes into the profile where there is one", async () => {
  const stored = asking(PROFILE, PROFILE);
  expect(await storeTheme(stored.session, "light")).toBe(true);
  expect(stored.asked[1]).toMatchObject({ call: "PATCH /api/profile", json: { theme: "light" } });
  const none = asking({ problem: 404 });
  expect(await storeTheme(none.session, "light")).toBe(true);
  expect(none.asked).toHaveLength(1);
  expect(await storeTheme(asking({ problem: 503 }).session, "light")).toBe(false);
});

test("a picture is asked for by its id, whatever is in it", async () => {
  const { session, asked } = asking();
  await readAvatar(session, "a/b");
  expect(asked[0]?.call).toBe("GET /api/avatars/a%2Fb");
});

test("zones are named by their place and their offset of the hour", () => {
  const winter = profileChoices(Date.UTC(2026, 0, 15, 12));
  const labelOf = ({ zones }: typeof winter, zone: string) => zones.find(({ value }) => value === zone)?.label;
  expect(winter.zones[0]).toEqual({ value: "UTC", label: "UTC+00:00" });
  expect(labelOf(winter, "America/New_York")).toBe("New York, UTC-05:00");
  expect(profileChoices(Date.UTC(2026, 0, 15, 12, 59))).toBe(winter);
  const summer = profileChoices(Date.UTC(2026, 6, 15, 12));
  expect(labelOf(summer, "America/New_York")).toBe("New York, UTC-04:00");
  expect(summer.locales).toContainEqual({ value: "de-AT", label: "German (Austria)" });
});
