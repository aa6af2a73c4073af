/** What the root route of both fronts has read for every page. */
import { useRouteLoaderData } from "react-router";
import type { Theme } from "../api/types.ts";
import type { Flash } from "../feedback/message.ts";

export interface RootData {
  theme: Theme;
  loggedIn: boolean;
  /** Of front-public, as browsers write it. */
  publicUrl: string;
  /** What the front is for. */
  description: string;
  /** The colour of the paper, for the frame that a browser draws around a page. */
  paper: { light: string; dark: string };
  /** What the form that led here has to say. */
  flash: Flash | null;
}

/** Undefined when the root's loader failed. */
export const useRoot = (): RootData | undefined => useRouteLoaderData("root");
