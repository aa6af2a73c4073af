/**
 * Gives a front the module `virtual:front-pages` (see virtual.d.ts), made from its manifests: what its navigation shows, and
 * which permissions its pages need.
 */
import type { Plugin } from "vite";
import { type FoundPage, findPages } from "./registry.ts";

const ID = "virtual:front-pages";
const RESOLVED = `\0${ID}:`;

export function pagesPlugin(): Plugin {
  return {
    name: "front-pages",
    resolveId(id, importer) {
      const app = id === ID && /^(.*\/front-\w+\/app)\//.exec(importer ?? "")?.[1];
      return app ? RESOLVED + app : null;
    },
    load(id) {
      if (!id.startsWith(RESOLVED)) return null;
      const app = id.slice(RESOLVED.length);
      const pages = findPages(app, app.split("/").at(-2) ?? "");
      for (const { manifest } of pages) this.addWatchFile(manifest);
      return pagesModule(pages);
    },
  };
}

/** The module's text. */
export function pagesModule(pages: FoundPage[]): string {
  const shown = pages
    .flatMap(({ path, permissions = [], flag, navigation }) =>
      navigation ? [{ to: path, permissions, flag, ...navigation }] : [],
    )
    .sort((one, other) => one.order - other.order);
  const icons = shown.map(({ icon }, at) => `import icon${at} from "lucide/dist/esm/icons/${icon}.mjs";`);
  const entries = shown.map(
    ({ icon, order, ...entry }, at) => `${JSON.stringify(entry).slice(0, -1)},"icon":icon${at}}`,
  );
  const actions = pages.flatMap(({ path, permissions = [], flag, actions: offered = [] }) =>
    offered.map(({ label, at = "", permissions: own = permissions }) => ({
      to: path + at,
      label,
      permissions: own,
      flag,
    })),
  );
  const permissions = [...new Set(pages.flatMap(({ permissions = [] }) => permissions))].sort();
  const flagged = pages.flatMap(({ path, flag, auth_required = true }) =>
    flag ? [[path, { flag, loginFirst: auth_required }]] : [],
  );
  return [
    ...icons,
    `export const navigation = [${entries.join(", ")}];`,
    `export const actions = ${JSON.stringify(actions)};`,
    `export const permissions = ${JSON.stringify(permissions)};`,
    `export const flaggedPages = ${JSON.stringify(Object.fromEntries(flagged))};`,
    "",
  ].join("\n");
}
