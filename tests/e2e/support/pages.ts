/** The pages of the fronts, as their manifests name them: a new one is visited without a list to extend. */
import { join, resolve } from "node:path";
import { findPages } from "@dashboard/front/features/registry.ts";

const ROOT = resolve(import.meta.dirname, "../../..");

/** The addresses of what `front` shows; those that name something, such as `/traces/:correlationId`, are left out. */
export function pagesOf(front: "front-public" | "front-admin", place: "open" | "behind the login"): string[] {
  return findPages(join(ROOT, front, "app"), front)
    .filter(({ auth_required = true }) => auth_required === (place === "behind the login"))
    .filter(({ path, module }) => module.endsWith(".tsx") && !path.includes(":"))
    .map(({ path }) => path);
}
