/** Composes a front's routes from its features, at build time, and refuses a feature whose manifest is wrong. */
import { globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { RouteConfigEntry } from "@react-router/dev/routes";
import { parse } from "yaml";

export interface Manifest {
  name: string;
  version: string;
  service: string;
  dependencies: { service: string; version: string }[] | Record<string, string>;
  endpoints: { path: string; method: string; auth_required?: boolean; permission?: string }[];
}

export class WrongManifest extends Error {}

export function readManifest(path: string, service: string): Manifest {
  const manifest = parse(readFileSync(path, "utf8")) as Manifest;
  const refuse = (why: string) => new WrongManifest(`${path}: ${why}`);
  if (manifest.name !== basename(dirname(path))) throw refuse(`name "${manifest.name}" is not its folder's`);
  if (manifest.service !== service) throw refuse(`service "${manifest.service}" is not ${service}`);
  if (!/^\d+\.\d+\.\d+$/.test(manifest.version)) throw refuse("version is not semver");
  if (!Array.isArray(manifest.endpoints)) throw refuse("`endpoints` is no list");
  if (typeof manifest.dependencies !== "object") throw refuse("`dependencies` is no list or mapping");
  return manifest;
}

/** All paths that a route tree answers. */
export function pathsOf(routes: RouteConfigEntry[], base = ""): string[] {
  return routes.flatMap((route) => {
    const path = route.path ? `${base}/${route.path.replace(/^\//, "")}` : base;
    const own = route.path || route.index ? [path || "/"] : [];
    return [...own, ...pathsOf(route.children ?? [], path)];
  });
}

/** `routes`, once every page of every feature below `app` is declared in its manifest, and every declared page exists. */
export function checkFeatures(app: string, service: string, routes: RouteConfigEntry[]): RouteConfigEntry[] {
  const manifests = globSync(join(app, "features/*/feature.yaml")).map((path) => readManifest(path, service));
  const declared = new Set(manifests.flatMap(({ endpoints }) => endpoints.map(({ path }) => path)));
  const real = new Set(pathsOf(routes).filter((path) => !path.endsWith("*")));
  const difference = [...declared.symmetricDifference(real)];
  if (difference.length)
    throw new WrongManifest(`${service}: pages differ from the manifests: ${difference.join(", ")}`);
  return routes;
}

/** `routes` whose paths match in their own case only: a page has one spelling (server/canonical-path.ts). */
export function inOwnCase(routes: RouteConfigEntry[]): RouteConfigEntry[] {
  return routes.map((route) => ({
    ...route,
    caseSensitive: true,
    ...(route.children && { children: inOwnCase(route.children) }),
  }));
}
