/** All pages of this front, found in the manifests of its features (`feature.yaml`) and of its frame (`pages.yaml`). */
import { featureRoutes, inOwnCase } from "@dashboard/front/features/registry.ts";
import { layout, route } from "@react-router/dev/routes";

const { open, guarded } = featureRoutes(import.meta.dirname, "front-public");
const notFound = "frame/routes/not-found.tsx";

export default inOwnCase([
  layout("frame/routes/public.tsx", [
    layout("frame/routes/public-page.tsx", [...open, route("*", notFound, { id: "not-found" })]),
  ]),
  layout("frame/routes/app.tsx", [
    layout("frame/routes/app-page.tsx", [...guarded, route("app/*", notFound, { id: "app-not-found" })]),
  ]),
]);
