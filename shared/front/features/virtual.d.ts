/** Made by pages-plugin.ts. */
declare module "virtual:front-pages" {
  import type { IconShapes } from "../ui/icon.ts";

  /** The pages of the navigation, in its order. */
  export const navigation: {
    to: string;
    label: string;
    short?: string;
    icon?: IconShapes;
    /** One of them is enough; none are needed when it is empty. */
    permissions: string[];
  }[];
  /** All that some page of this front asks for. */
  export const permissions: string[];
}
