/** The one Vite configuration of both fronts. The server bundle carries all it needs: it runs without node_modules. */
import { reactRouter } from "@react-router/dev/vite";
import tailwindcss from "@tailwindcss/vite";
import type { ConfigEnv, UserConfig } from "vite";

export function frontConfig({ command }: ConfigEnv): UserConfig {
  const { HOST, PORT } = process.env;
  return {
    plugins: [tailwindcss(), reactRouter()],
    build: { assetsInlineLimit: 0 },
    ssr: { noExternal: command === "build" || undefined },
    environments: { ssr: { build: { rolldownOptions: { input: "./app/server.ts" } } } },
    // `npm run dev` takes the place of the built front behind the gateway.
    server: { host: HOST, port: Number(PORT) || undefined, strictPort: true, allowedHosts: [".localhost"] },
  };
}
