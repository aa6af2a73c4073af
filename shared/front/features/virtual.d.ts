/** Made by pages-plugin.ts. */
declare module "virtual:front-pages" {
  import type { IconShapes } from "../ui/icon.ts";
  import type { FlaggedPage } from "./registry.ts";

  /** The pages of the navigation, in its order. */
  export const navigation: {
    to: string;
    label: string;
    short?: string;
    icon?: IconShapes;
    /** One of them is enough; none are needed when it is empty. */
    permissions: string[];
    /** The feature flag that it is behind, if any. */
    flag?: string;
  }[];
  /** All that some page of this front asks for. */
  export const permissions: string[];
  /** The pages behind a feature flag, by their path as routes write it. */
  export const flaggedPages: Readonly<Record<string, FlaggedPage>>;
}
