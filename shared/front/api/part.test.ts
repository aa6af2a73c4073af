import { expect, test } from "vitest";
import { attempt, orNull, part } from "./part.server.ts";
import { ProblemError } from "./problem.ts";

const refused = (status: number) => Promise.reject(new ProblemError({ type: "urn:x", title: "No", status }));

test("a service that is down leaves a part out", async () => {
  expect(await part(refused(503))).toMatchObject({ ok: false, problem: { status: 503 } });
  expect(await part(Promise.resolve(7))).toEqual({ ok: true, data: 7 });
});

test("what the user may not see becomes the error page", async () => {
  await expect(part(refused(403))).rejects.toMatchObject({ init: { status: 403 } });
});

test("an action gets every problem as a value, and nothing else", async () => {
  expect(await attempt(refused(409))).toMatchObject({ ok: false, problem: { status: 409 } });
  await expect(attempt(Promise.reject(new TypeError("bug")))).rejects.toThrow("bug");
});

test("what is not there is null, other problems stay", async () => {
  expect(await orNull(refused(404))).toBeNull();
  await expect(orNull(refused(503))).rejects.toThrow(ProblemError);
});
