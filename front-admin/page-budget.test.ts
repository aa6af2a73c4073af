import { BUDGET, overBudget, pageWeights } from "@dashboard/front/budget/page-weight.server.ts";
import { expect, test } from "vitest";

test("no page loads more JavaScript than its budget", () => {
  expect(overBudget(pageWeights(import.meta.dirname), BUDGET)).toEqual([]);
});
