/** The one Vite configuration of both fronts. The server bundle carries all it needs: it runs without node_modules. */
import { reactRouter } from "@react-router/dev/vite";
import tailwindcss from "@tailwindcss/vite";
import type { ConfigEnv, UserConfig } from "vite";
import { pagesPlugin } from "./features/pages-plugin.ts";

/** Few larger files compress better than many small ones. What stays with each page is what it alone needs. */
const CLIENT = {
  chunkFileNames: "assets/shared-[hash].js",
  codeSplitting: {
    groups: [
      { name: "packages", test: /node_modules/, priority: 2 },
      { name: "shared", minShareCount: 2 },
    ],
  },
};

export function frontConfig({ command }: ConfigEnv): UserConfig {
  const { HOST, PORT } = process.env;
  return {
    plugins: [tailwindcss(), pagesPlugin(), reactRouter()],
    build: { assetsInlineLimit: 0 },
    ssr: { noExternal: command === "build" || undefined },
    environments: {
      client: { build: { rolldownOptions: { output: CLIENT } } },
      ssr: { build: { rolldownOptions: { input: "./app/server.ts" } } },
    },
    // `npm run dev` takes the place of the built front behind the gateway.
    server: { host: HOST, port: Number(PORT) || undefined, strictPort: true, allowedHosts: [".localhost"] },
  };
}
