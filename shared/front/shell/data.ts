/** What the frame of a front has read for its shell. */
import { createContext, useContext } from "react";
import type { NavigationItem, ShellEntry } from "./entries.ts";

export type Rail = "open" | "closed";

export interface Person {
  name: string;
  /** Empty while nobody can say it. */
  email: string;
  picture?: string | null;
}

export interface ShellData {
  /** The keys of the pages and of the actions that this user may open. */
  open: string[];
  rail: Rail;
  /** The other front, for whoever may enter it. */
  elsewhere: { label: string; href: string } | null;
}

/** A front's own part: where it begins, and all that its manifests name. */
export interface Front {
  /** Its first page behind the login. */
  home: string;
  suffix?: string;
  navigation: NavigationItem[];
  actions: ShellEntry[];
}

interface Shown extends Front {
  rail: Rail;
}

/** The front with what the user may open. */
export const ShellContext = createContext<Shown>({ home: "/", navigation: [], actions: [], rail: "open" });

export const useShell = (): Shown => useContext(ShellContext);

/** `/app/search` for the path `/search` of a front that begins at `/app`. */
export const below = (home: string, path: string): string => home.replace(/\/$/, "") + path;
