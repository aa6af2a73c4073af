// @vitest-environment node
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { readSettings, settings } from "./settings.ts";

const GOOD = {
  PORT: "4101",
  BACK_API_URL: "http://back-api:8100/",
  BACK_AUTH_URL: "http://back-auth:8101",
  FLASH_SECRET: "a secret of forty characters, or so many",
  PUBLIC_URL: "http://localhost:8000",
  ADMIN_URL: "http://admin.localhost:8000",
};

test("good settings are read", () => {
  const settings = readSettings({ ...GOOD, INTERNAL_NETWORKS: "127.0.0.0/8, 10.0.0.0/8" });
  expect(settings).toMatchObject({ port: 4101, host: "127.0.0.1", environment: "production" });
  expect(settings.backApiUrl).toBe("http://back-api:8100");
  expect(settings.internalNetworks).toEqual(["127.0.0.0/8", "10.0.0.0/8"]);
});

test("everything that is wrong is named at once", () => {
  const read = () =>
    readSettings({
      ...GOOD,
      PORT: "no",
      BACK_API_URL: undefined,
      ENVIRONMENT: "staging",
      TRACES_SAMPLE: "2",
      TRACES_PER_SECOND: "-1",
      TRACES_SLOW_MS: "fast",
    });
  expect(read).toThrow(/PORT.*ENVIRONMENT.*TRACES_SAMPLE.*TRACES_PER_SECOND.*TRACES_SLOW_MS.*BACK_API_URL/);
});

test("what is not set has its default", () => {
  expect(readSettings(GOOD)).toEqual({
    host: "127.0.0.1",
    port: 4101,
    environment: "production",
    backApiUrl: "http://back-api:8100",
    backAuthUrl: "http://back-auth:8101",
    publicUrl: "http://localhost:8000",
    adminUrl: "http://admin.localhost:8000",
    internalNetworks: [],
    flashSecret: GOOD.FLASH_SECRET,
    tracesDir: "",
    traces: { sample: 0, perSecond: 2, slowMilliseconds: 500 },
  });
});

test("what is set counts", () => {
  const given = {
    HOST: "0.0.0.0",
    ENVIRONMENT: "development",
    TRACES_DIR: "/traces",
    INTERNAL_NETWORKS: " 10.0.0.1  ::1,",
  };
  const traces = { TRACES_SAMPLE: "0.5", TRACES_PER_SECOND: "0", TRACES_SLOW_MS: "" };
  expect(readSettings({ ...GOOD, ...given, ...traces })).toMatchObject({
    host: "0.0.0.0",
    environment: "development",
    tracesDir: "/traces",
    internalNetworks: ["10.0.0.1", "::1"],
    traces: { sample: 0.5, perSecond: 0, slowMilliseconds: 500 },
  });
});

test.each([
  ["PORT", ["0", "65535"], ["-1", "65536", "41.5", undefined]],
  ["TRACES_SAMPLE", ["0.0", "1"], ["1.01", "-0.01", "half"]],
  ["TRACES_PER_SECOND", ["0.0", "1000"], ["1001", "-1"]],
  ["TRACES_SLOW_MS", ["1", "3600000"], ["0.5", "3600001"]],
  ["ENVIRONMENT", ["development", "production"], ["test", ""]],
  ["FLASH_SECRET", ["x".repeat(32)], ["x".repeat(31), "", undefined]],
  ["ADMIN_URL", ["https://a.example/"], ["a.example", "", undefined]],
])("%s takes %j and refuses %j", (name, good, bad) => {
  for (const value of good) expect(() => readSettings({ ...GOOD, [name]: value })).not.toThrow();
  for (const value of bad) expect(() => readSettings({ ...GOOD, [name]: value })).toThrow(`${name} must be`);
});

test("the secret stands in a file, or nowhere", () => {
  const folder = mkdtempSync(join(tmpdir(), "settings-"));
  const given = { ...GOOD, FLASH_SECRET: undefined, SECRETS_DIR: folder };
  expect(() => readSettings(given)).toThrow("FLASH_SECRET must be 32 characters or more");
  writeFileSync(join(folder, "flash_secret"), `${GOOD.FLASH_SECRET}\n`);
  expect(readSettings(given).flashSecret).toBe(GOOD.FLASH_SECRET);
  rmSync(folder, { recursive: true });
});

test("settings are read once", () => {
  vi.stubEnv("PORT", "4105");
  const first = settings();
  vi.stubEnv("PORT", "4106");
  expect(settings()).toBe(first);
  vi.unstubAllEnvs();
});
