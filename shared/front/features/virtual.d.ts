/** Made by pages-plugin.ts. */
declare module "virtual:front-pages" {
  import type { NavigationItem, ShellEntry } from "../shell/entries.ts";
  import type { FlaggedPage } from "./registry.ts";

  /** The pages of the navigation, in its order. */
  export const navigation: NavigationItem[];
  /** What one does on a page, such as writing an announcement. */
  export const actions: ShellEntry[];
  /** All that some page of this front asks for. */
  export const permissions: string[];
  /** The pages behind a feature flag, by their path as routes write it. */
  export const flaggedPages: Readonly<Record<string, FlaggedPage>>;
}
