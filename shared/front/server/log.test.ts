// @vitest-environment node
/** Lines of the log, as whoever collects them reads them. */
import { beforeEach, expect, test, vi } from "vitest";
import { alsoLogTo, log, nameService } from "./log.ts";

const lines: string[] = [];

beforeEach(() => {
  lines.length = 0;
  vi.spyOn(process.stdout, "write").mockImplementation((line) => Boolean(lines.push(String(line))));
});

test("a line is a JSON object with event, service, level and time beside its own fields", () => {
  nameService("front-public");
  log.info("listening", { port: 4101 });
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/\}\n$/);
  const { timestamp, ...line } = JSON.parse(lines[0] ?? "");
  expect(line).toEqual({ event: "listening", service: "front-public", level: "info", port: 4101 });
  expect(timestamp).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
});

test("an error comes with its stack, anything else that was thrown as text", () => {
  log.error("failed", new TypeError("no"), { path: "/x" });
  log.error("failed", 7);
  const [first, second] = lines.map((line) => JSON.parse(line));
  expect(first).toMatchObject({
    level: "error",
    path: "/x",
    exception: expect.stringMatching(/^TypeError: no\n +at /),
  });
  expect(second).toMatchObject({ exception: "7" });
});

test("a listener gets each line as well", () => {
  const listener = vi.fn();
  alsoLogTo(listener);
  log.warning("late", { peer: "back-api" });
  alsoLogTo(() => {});
  log.warning("later");
  expect(listener.mock.calls).toEqual([["warning", "late", { peer: "back-api" }]]);
  expect(lines).toHaveLength(2);
});
