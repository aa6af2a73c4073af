/** The theme of the profile, kept in a cookie for the pages that read no profile. */
import type { Theme } from "../api/types.ts";
import type { UserSession } from "./session.server.ts";

const COOKIE = "dashboard_theme";
const YEAR_SECONDS = 365 * 24 * 60 * 60;
const THEMES: readonly string[] = ["system", "light", "dark"] satisfies Theme[];

export function readTheme(session: UserSession): Theme {
  const theme = session.cookies.get(COOKIE) ?? "system";
  return isTheme(theme) ? theme : "system";
}

export const isTheme = (name: string): name is Theme => THEMES.includes(name);

export function keepTheme(session: UserSession, theme: Theme): void {
  if (readTheme(session) !== theme) session.setCookie(COOKIE, theme, YEAR_SECONDS);
}
