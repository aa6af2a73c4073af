/** What an action has to say on the page that it leads to: kept in a signed cookie, and read once. */
import { createHmac } from "node:crypto";
import { redirect } from "react-router";
import { settings } from "../server/settings.ts";
import type { UserSession } from "../session/session.server.ts";
import type { Flash } from "./message.ts";

/** For as long as a redirect may take. */
const SECONDS = 60;
const LONGEST = 300;

interface Kept {
  message: string;
  /** The path of the page that shows it: other tabs leave it alone. */
  path: string;
  /** The session that it is meant for; empty for visitors. */
  session: string;
  /** Milliseconds since 1970. */
  until: number;
}

/** Leads to `path`, whose page then says `message`; to be thrown by an action. */
export function redirectWithFlash(session: UserSession, path: string, message: string): Response {
  const kept: Kept = {
    message: [...message].slice(0, LONGEST).join(""),
    path: path.split(/[?#]/, 1)[0] ?? "",
    session: sessionIdOf(session),
    until: Date.now() + SECONDS * 1_000,
  };
  const payload = Buffer.from(JSON.stringify(kept)).toString("base64url");
  session.setCookie(session.names.flash, `${payload}.${signature(session, payload)}`, SECONDS, { forScripts: true });
  return redirect(path);
}

/**
 * What the page at `path` has to say now. A document that is loaded has it once. Of what scripts read meanwhile, some is
 * thrown away (a page reads again while it is being left), so that the page itself removes the cookie once it shows it.
 */
export function takeFlash(session: UserSession, request: Request, path: string): Flash | null {
  const cookie = session.cookies.get(session.names.flash);
  if (!cookie || request.headers.get("sec-purpose")?.includes("prefetch")) return null;
  const kept = verified(session, cookie);
  if (kept && kept.path !== path) return null;
  const isMine = kept?.session === sessionIdOf(session) && kept.until > Date.now();
  const forScripts = request.headers.get("sec-fetch-dest") === "empty";
  if (!isMine || !forScripts) session.setCookie(session.names.flash, "", 0);
  return isMine
    ? { id: cookie.slice(-20), message: kept.message, cookie: session.cookieName(session.names.flash) }
    : null;
}

function verified(session: UserSession, cookie: string): Kept | null {
  const [payload = "", given = ""] = cookie.split(".");
  // Signed once more, so that the time of the comparison tells nothing.
  if (signature(session, given) !== signature(session, signature(session, payload))) return null;
  return JSON.parse(Buffer.from(payload, "base64url").toString()) as Kept;
}

const sessionIdOf = ({ identity }: UserSession): string => identity?.sessionId ?? "";

/** With the cookie's name, so that one front's message is none of the other's. */
function signature({ names }: UserSession, payload: string): string {
  return createHmac("sha256", settings().flashSecret).update(`${names.flash}.${payload}`).digest("base64url");
}
