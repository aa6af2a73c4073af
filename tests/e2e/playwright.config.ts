import { defineConfig } from "@playwright/test";
import { PUBLIC_URL } from "./support/addresses.ts";
import { browser } from "./support/browser.ts";

const { executablePath, env } = await browser();

export default defineConfig({
  testDir: ".",
  testMatch: "*.test.ts",
  outputDir: "../../test-results",
  reporter: [["list"], ["html", { open: "never", outputFolder: "../../playwright-report" }]],
  timeout: 900_000,
  expect: { timeout: 120_000, toHaveScreenshot: { maxDiffPixelRatio: 0.01 } },
  updateSnapshots: process.env.PICTURES === "take" ? "changed" : "none",
  snapshotPathTemplate: "{testDir}/pictures/{arg}{ext}",
  retries: 0,
  workers: 2,
  fullyParallel: true,
  use: {
    baseURL: PUBLIC_URL,
    actionTimeout: 120_000,
    navigationTimeout: 120_000,
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: { executablePath, env, args: ["--no-sandbox"] },
  },
  projects: [
    { name: "stories", testIgnore: ["degradation/**", "pages.test.ts"] },
    { name: "pages", testMatch: "pages.test.ts" },
    { name: "degradation", testMatch: "degradation/*.test.ts", fullyParallel: false, workers: 1 },
  ],
});
