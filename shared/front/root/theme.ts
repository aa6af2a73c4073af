import { useMatches } from "react-router";
import type { Theme } from "../api/types.ts";
import { useChosen } from "../shell/use-appearance.ts";

/** What was just chosen; else the innermost loader that knows a theme decides: the profile's inside the app, the cookie's elsewhere. */
export function useTheme(): Theme {
  const chosen = useChosen("theme") as Theme | undefined;
  const themes = useMatches().map(({ loaderData }) => (loaderData as { theme?: Theme } | undefined)?.theme);
  return chosen ?? themes.findLast(Boolean) ?? "system";
}
