import { useLocation, useNavigation } from "react-router";
import { useShell } from "./data.ts";
import { entryOf, type NavigationItem } from "./entries.ts";

interface Marked {
  /** The entry of the page that is shown. */
  here: NavigationItem | undefined;
  /** The entry that looks chosen: that of the page on its way, as soon as somebody asked for it. */
  marked: NavigationItem | undefined;
}

export function useMarked(): Marked {
  const { home, navigation } = useShell();
  const { pathname } = useLocation();
  const next = useNavigation().location?.pathname;
  const here = entryOf(pathname, navigation, home);
  return { here, marked: (next && entryOf(next, navigation, home)) || here };
}
