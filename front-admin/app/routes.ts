/** All pages of this front, found in the manifests of its features (`feature.yaml`) and of its frame (`pages.yaml`). */
import { featureRoutes, inOwnCase } from "@dashboard/front/features/registry.ts";
import { layout, route } from "@react-router/dev/routes";

const { open, guarded } = featureRoutes(import.meta.dirname, "front-admin");

export default inOwnCase([
  ...open,
  layout("frame/routes/frame.tsx", [
    layout("frame/routes/page.tsx", [...guarded, route("*", "frame/routes/not-found.tsx")]),
  ]),
]);
