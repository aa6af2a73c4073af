/** The one Vite configuration of both fronts. The server bundle carries all it needs: it runs without node_modules. */
import { reactRouter } from "@react-router/dev/vite";
import tailwindcss from "@tailwindcss/vite";
import type { ConfigEnv, Rolldown, UserConfig } from "vite";
import { pagesPlugin } from "./features/pages-plugin.ts";

const SHARED = /shared\/front\/(?!table|ui\/(invoice|copy))/;
const TABLE = /table\/(data-table|view|ago|person|shorten)/;

/**
 * Few larger files compress better than many small ones. What stays with each page is what it alone needs, lists have the
 * table's files besides, and what is loaded later stays out of them all.
 */
const CLIENT: Rolldown.OutputOptions = {
  chunkFileNames: "assets/shared-[hash].js",
  codeSplitting: {
    groups: [
      { name: "packages", test: /node_modules/, priority: 3 },
      { name: "shared", test: SHARED, minShareCount: 2, priority: 2, tags: ["$initial"] },
      { name: "table", test: TABLE, minShareCount: 2, priority: 1, tags: ["$initial"] },
      { name: "filters", test: /table\/filter/, minShareCount: 2, priority: 0, tags: ["$initial"] },
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
