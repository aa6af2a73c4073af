/** The pages of the fronts, as their manifests name them: a new one is visited without a list to extend. */
import { join, resolve } from "node:path";
import { findPages } from "@dashboard/front/features/registry.ts";

const ROOT = resolve(import.meta.dirname, "../../..");

type Front = "front-public" | "front-admin";

/** The addresses of what `front` shows; those that name something, such as `/traces/:correlationId`, are left out. */
export function pagesOf(front: Front, place: "open" | "behind the login"): string[] {
  return shown(front, place).filter((path) => !path.includes(":"));
}

/** The paths of pages that show one thing, such as `/traces/:correlationId`. */
export function detailPagesOf(front: Front): string[] {
  return shown(front, "behind the login").filter((path) => path.includes(":"));
}

function shown(front: Front, place: "open" | "behind the login"): string[] {
  return findPages(join(ROOT, front, "app"), front)
    .filter(({ auth_required = true }) => auth_required === (place === "behind the login"))
    .filter(({ module }) => module.endsWith(".tsx"))
    .map(({ path }) => path);
}
