/** What the root route of both fronts has read for every page. */
import { useRouteLoaderData } from "react-router";
import type { Theme } from "../api/types.ts";

export interface RootData {
  theme: Theme;
  loggedIn: boolean;
}

/** Undefined when the root's loader failed. */
export const useRoot = (): RootData | undefined => useRouteLoaderData("root");
