/** The one Vite configuration of both fronts. The server bundle carries all it needs: it runs without node_modules. */
import { reactRouter } from "@react-router/dev/vite";
import tailwindcss from "@tailwindcss/vite";
import type { UserConfig } from "vite";

export function frontConfig(): UserConfig {
  return {
    plugins: [tailwindcss(), reactRouter()],
    build: { assetsInlineLimit: 0 },
    ssr: { noExternal: true },
    environments: { ssr: { build: { rolldownOptions: { input: "./app/server.ts" } } } },
  };
}
