/** The files that a page of a built front loads, from the manifest that React Router wrote beside the chunks. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compress } from "../server/static.ts";

/** The most bytes of JavaScript that a page may load, for any user, compressed as browsers get it. */
export const BUDGET = 120_000;

interface Module {
  module: string;
  imports?: string[];
}

interface Manifest {
  entry: Module;
  routes: Record<string, Module & { id: string; parentId?: string }>;
}

export interface PageWeight {
  route: string;
  /** JavaScript of the entry, the route, its parents and all that they import. */
  bytes: number;
  chunks: { file: string; bytes: number }[];
}

/** All routes of the front in `folder`, heaviest first. `make bootstrap` builds it, and so does `make test`. */
export function pageWeights(folder: string): PageWeight[] {
  const client = join(folder, "build/client");
  const manifest = readManifest(client);
  const weigh = memoized((file) => compress(readFileSync(join(client, file)), "br").length);
  const weights = Object.keys(manifest.routes).map((route) => {
    const chunks = filesOf(manifest, route).map((file) => ({ file, bytes: weigh(file) }));
    chunks.sort((one, other) => other.bytes - one.bytes);
    return { route, bytes: chunks.reduce((sum, { bytes }) => sum + bytes, 0), chunks };
  });
  return weights.sort((one, other) => other.bytes - one.bytes);
}

/** A line for each page above `budget` bytes: which one, how much, and the chunks that weigh most. */
export function overBudget(weights: PageWeight[], budget: number): string[] {
  return weights.filter(({ bytes }) => bytes > budget).map((page) => describePage(page, budget));
}

function describePage({ route, bytes, chunks }: PageWeight, budget: number): string {
  const biggest = chunks.slice(0, 4).map((chunk) => `${chunk.file} ${kilobytes(chunk.bytes)}`);
  return `${route}: ${kilobytes(bytes)} of at most ${kilobytes(budget)}; biggest: ${biggest.join(", ")}`;
}

const kilobytes = (bytes: number): string => `${(bytes / 1_000).toFixed(1)} KB`;

function readManifest(client: string): Manifest {
  const [file] = globSync(join(client, "assets/manifest-*.js"));
  if (!file) throw new Error(`${client} has no manifest: build the front with \`make bootstrap\` first`);
  return JSON.parse(
    readFileSync(file, "utf8")
      .replace(/^[^{]*/, "")
      .replace(/;\s*$/, ""),
  ) as Manifest;
}

function filesOf({ entry, routes }: Manifest, id: string): string[] {
  const modules: Module[] = [entry];
  for (let route = routes[id]; route; route = routes[route.parentId ?? ""]) modules.push(route);
  return [...new Set(modules.flatMap(({ module, imports = [] }) => [module, ...imports]))];
}

function memoized<Value>(make: (key: string) => Value): (key: string) => Value {
  const known = new Map<string, Value>();
  return (key) => {
    const value = known.get(key) ?? make(key);
    known.set(key, value);
    return value;
  };
}
