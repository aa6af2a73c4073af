// @vitest-environment node
import { expect, test } from "vitest";
import { readSettings } from "./settings.ts";

const GOOD = {
  PORT: "4101",
  BACK_API_URL: "http://back-api:8100/",
  BACK_AUTH_URL: "http://back-auth:8101",
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
