/** The fronts' side of the pacts. One file after the other, since all of a front write into the same pact. */
import { defineConfig } from "vitest/config";
import base from "../../vitest.config.ts";

export default defineConfig({
  test: {
    include: ["front-*/app/**/*.pact.test.ts"],
    globalSetup: "tests/pacts/rewrite.ts",
    fileParallelism: false,
    isolate: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    env: { ...base.test?.env, PACT_DO_NOT_TRACK: "true" },
  },
});
