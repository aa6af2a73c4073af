/** Finds the pages of a front: those of each `features/{feature}/feature.yaml`, and those of its `frame/pages.yaml`. */
import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { index, type RouteConfigEntry, route } from "@react-router/dev/routes";
import { parse } from "yaml";
import { FLAGS } from "./flags.ts";

/** An entry of the front's navigation; `icon` is a file name of lucide, such as `user-round`; lowest `order` first. */
export interface NavigationEntry {
  label: string;
  icon: string;
  order: number;
}

/** Something that one does on a page, offered where pages are searched. */
export interface PageAction {
  label: string;
  /** The place on the page, such as `#plans`. */
  at?: string;
  /** One of them is enough; else those of the page count. */
  permissions?: string[];
}

/** `module` lies in the `routes` folder beside the manifest; `.tsx` shows a page, `.ts` only answers. */
export interface Page {
  path: string;
  module: string;
  /** Whether it lies in the frame behind the login; true unless it says otherwise. */
  auth_required?: boolean;
  /** Who holds none of them does not see the page in the navigation. */
  permissions?: string[];
  navigation?: NavigationEntry;
  actions?: PageAction[];
}

/** A page with its manifest, and its module's path in the front's `app` folder; `flag` is that of its feature, if it has one. */
export interface FoundPage extends Page {
  manifest: string;
  file: string;
  flag?: string;
}

/** A page that is not there while `flag` is off for the caller; `loginFirst` when only logged-in users learn that. */
export interface FlaggedPage {
  flag: string;
  loginFirst: boolean;
}

interface Manifest {
  name?: string;
  version?: string;
  service?: string;
  dependencies?: unknown;
  endpoints?: unknown[];
  pages?: Page[];
}

export class WrongManifest extends Error {}

const FRAME = "frame/pages.yaml";
const PAGE_KEYS = ["path", "module", "auth_required", "permissions", "navigation", "actions"];
const NAVIGATION_KEYS = ["label", "icon", "order"];
const ACTION_KEYS = ["label", "at", "permissions"];

/**
 * All pages of the front `service`, whose code lies in `app`, by path.
 *
 * Throws WrongManifest, which names the file: a manifest of another folder or service, a wrong page, a module that is not
 * there, a path that two pages have.
 */
export function findPages(app: string, service: string): FoundPage[] {
  const manifests = globSync([FRAME, "features/*/feature.yaml"], { cwd: app }).sort();
  const pages = manifests.flatMap((name) => pagesOf(app, join(app, name), service));
  const owners = new Map<string, string>();
  for (const { path, manifest } of pages) {
    const other = owners.get(path);
    if (other) throw new WrongManifest(`${manifest}: ${other} has the page ${path} already`);
    owners.set(path, manifest);
  }
  return pages.sort((one, other) => (one.path < other.path ? -1 : 1));
}

function pagesOf(app: string, path: string, service: string): FoundPage[] {
  const refuse = (why: string) => new WrongManifest(`${path}: ${why}`);
  const manifest = (parse(readFileSync(path, "utf8")) ?? {}) as Manifest;
  if (!path.endsWith(FRAME)) {
    if (manifest.name !== basename(dirname(path))) throw refuse(`name "${manifest.name}" is not its folder's`);
    if (manifest.service !== service) throw refuse(`service "${manifest.service}" is not ${service}`);
    if (!/^\d+\.\d+\.\d+$/.test(String(manifest.version))) throw refuse("version is not semver");
  }
  const pages = manifest.pages ?? [];
  if (!Array.isArray(pages)) throw refuse("`pages` is no list");
  return pages.map((page) => {
    const file = relative(app, join(dirname(path), "routes", String(page.module)));
    const why = complaint(page) ?? (existsSync(join(app, file)) ? null : `there is no ${file}`);
    if (why) throw refuse(`page ${page.path}: ${why}`);
    const flag = FLAGS[manifest.name ?? ""]?.name;
    return { ...page, manifest: path, file, ...(flag && { flag }) };
  });
}

/** What is wrong with a page; null when nothing is. */
function complaint({ path, navigation, ...page }: Page): string | null {
  const unknown = [
    ...Object.keys(page).filter((key) => !PAGE_KEYS.includes(key)),
    ...Object.keys(navigation ?? {}).filter((key) => !NAVIGATION_KEYS.includes(key)),
    ...(page.actions ?? []).flatMap((action) => Object.keys(action).filter((key) => !ACTION_KEYS.includes(key))),
  ];
  if (unknown.length) return `nobody reads ${unknown.join(", ")}`;
  if (!path?.startsWith("/")) return "its path does not begin with /";
  if (!/^[\w.-]+\.tsx?$/.test(page.module ?? "")) return "`module` names no .ts or .tsx file";
  if (page.permissions && !Array.isArray(page.permissions)) return "`permissions` is no list";
  if (page.actions?.some(({ label, at }) => !label || /^[^#?]/.test(at ?? ""))) {
    return "an action needs a `label`, and `at` begins with # or ?";
  }
  if (!navigation) return null;
  if (page.auth_required === false) return "only pages behind the login stand in the navigation";
  const isWhole = navigation.label && navigation.icon && Number.isInteger(navigation.order);
  return isWhole ? null : "navigation needs `label`, `icon` and `order`";
}

/** The routes of a front's pages: what everybody may open, and what lies behind the login. */
export function featureRoutes(app: string, service: string): { open: RouteConfigEntry[]; guarded: RouteConfigEntry[] } {
  const pages = findPages(app, service);
  const routes = (behindLogin: boolean) =>
    pages
      .filter(({ auth_required = true }) => auth_required === behindLogin)
      .map(({ path, file }) => (path === "/" ? index(file) : route(path.slice(1), file)));
  return { open: routes(false), guarded: routes(true) };
}

/** `routes` whose paths match in their own case only: a page has one spelling (server/canonical-path.ts). */
export function inOwnCase(routes: RouteConfigEntry[]): RouteConfigEntry[] {
  return routes.map((route) => ({
    ...route,
    caseSensitive: true,
    ...(route.children && { children: inOwnCase(route.children) }),
  }));
}
