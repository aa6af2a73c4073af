/** Logging in and out: the same for both fronts. */
import { attempt } from "../api/part.server.ts";
import { type Part, ProblemError } from "../api/problem.ts";
import type { TokenPair } from "../api/types.ts";
import type { UserSession } from "./session.server.ts";

/** Instead of tokens, for an account with a second factor. */
interface TwoFactorChallenge {
  two_factor_required: true;
  challenge_token: string;
}

/** `device_token` lets this browser in although others guess at the account's password. */
export type Login = TokenPair & { device_token: string | null };

/** The tokens for an address and a password, or why not. Nothing is written to the browser yet. */
export function logIn(session: UserSession, email: string, password: string): Promise<Part<Login>> {
  return attempt(askForTokens(session, email, password));
}

async function askForTokens(session: UserSession, email: string, password: string): Promise<Login> {
  const call = { json: { email, password }, deviceToken: session.deviceToken };
  const client = session.auth.anonymous();
  const { body, headers } = await client.exchange<TokenPair | TwoFactorChallenge>("/api/auth/login", call);
  if ("access_token" in body) return { ...body, device_token: headers.get("x-device-token") };
  const detail = "This account needs a second factor, which can’t be entered here yet.";
  throw new ProblemError({ type: "about:blank", title: "Second factor needed", status: 403, detail });
}

/** Begins `login` in this browser. The login that it had ends: without its cookies nobody could end it later. */
export async function begin(session: UserSession, login: Login): Promise<void> {
  await end(session);
  session.signIn(login);
  if (login.device_token) session.rememberDevice(login.device_token);
}

/** Ends the login here even when back-auth does not answer; the refresh token then dies by itself. */
export async function logOut(session: UserSession): Promise<void> {
  const ended = end(session);
  session.signOut();
  await ended;
}

/** A login that this browser never got. */
export async function discard(session: UserSession, { refresh_token }: TokenPair): Promise<void> {
  await attempt(session.auth.anonymous().post("/api/auth/logout", { json: { refresh_token } }));
}

/** Ends what the cookies open at back-auth: one of them may be missing, or be of another login. */
async function end(session: UserSession): Promise<void> {
  const { accessToken, refreshToken, identity } = session;
  const ends: Promise<unknown>[] = [];
  if (refreshToken) {
    ends.push(session.auth.anonymous().post("/api/auth/logout", { json: { refresh_token: refreshToken } }));
  }
  if (accessToken && identity && identity.sessionId !== refreshToken?.split(".", 1)[0]) {
    const path = `/api/auth/sessions/${encodeURIComponent(identity.sessionId)}`;
    ends.push(session.auth.bearing(accessToken).delete(path));
  }
  await Promise.all(ends.map(attempt));
}
