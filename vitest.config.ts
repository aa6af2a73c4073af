import { pagesPlugin } from "@dashboard/front/features/pages-plugin.ts";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [pagesPlugin()],
  test: {
    include: ["shared/front/**/*.test.{ts,tsx}", "front-*/*.test.ts", "front-*/app/**/*.test.{ts,tsx}"],
    exclude: ["**/node_modules/**", "**/*.pact.test.ts"],
    environment: "happy-dom",
    restoreMocks: true,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    env: {
      PORT: "4101",
      BACK_API_URL: "http://back-api:8100",
      BACK_AUTH_URL: "http://back-auth:8101",
      FLASH_SECRET: "a secret of the unit tests, thirty-two long",
      PUBLIC_URL: "http://localhost:8000",
      ADMIN_URL: "http://admin.localhost:8000",
    },
  },
});
