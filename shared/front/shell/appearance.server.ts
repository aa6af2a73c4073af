/** How a user has set up the shell: the theme and the width of the rail. Both are kept in cookies, so that the first byte has them. */
import { type ActionFunctionArgs, data, redirect } from "react-router";
import type { Theme } from "../api/types.ts";
import { text } from "../forms/values.ts";
import { sessionOf } from "../session/middleware.server.ts";
import { safeNext } from "../session/next.ts";
import type { UserSession } from "../session/session.server.ts";
import { isTheme, keepTheme } from "../session/theme.server.ts";
import type { Rail } from "./data.ts";

const COOKIE = "dashboard_rail";
const YEAR_SECONDS = 365 * 24 * 60 * 60;

export const readRail = (session: UserSession): Rail => (session.cookies.get(COOKIE) === "closed" ? "closed" : "open");

/** Stores a theme where it belongs beside the cookie; false when that does not work now. */
type SaveTheme = (session: UserSession, theme: Theme) => Promise<boolean>;

/** The action of the route `appearance`: `theme` or `rail`; without JavaScript the form says where it stands (`back`). */
export function appearanceAction(home: string, save: SaveTheme = async () => true) {
  return async ({ request, context }: ActionFunctionArgs) => {
    const form = await request.formData();
    const session = sessionOf(context);
    const saved = await change(session, form, save);
    if (form.has("back")) throw redirect(safeNext(form.get("back"), home));
    return { saved };
  };
}

async function change(session: UserSession, form: FormData, save: SaveTheme): Promise<boolean> {
  const theme = text(form, "theme");
  const rail = text(form, "rail");
  if (isTheme(theme)) {
    keepTheme(session, theme);
    return save(session, theme);
  }
  if (rail !== "open" && rail !== "closed") throw data({ detail: "There is no such theme or rail." }, { status: 400 });
  session.setCookie(COOKIE, rail, YEAR_SECONDS);
  return true;
}
