// @vitest-environment node
/** What the page about the audit log asks. */
import { asking } from "@dashboard/front/tests/asking.ts";
import { expect, test } from "vitest";
import { listAudit } from "./audit.server.ts";

test("the audit log is asked for as its page says", async () => {
  const { session, asked } = asking();
  await listAudit(session, { action: "login", limit: 5 });
  expect(asked.map(({ call }) => call)).toEqual(["GET /api/audit?action=login&limit=5"]);
});
