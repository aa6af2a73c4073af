/** Logging in and out: the same for both fronts. */
import { attempt } from "../api/part.server.ts";
import { type Part, ProblemError } from "../api/problem.ts";
import type { TokenPair, TwoFactorChallenge } from "../api/types.ts";
import type { UserSession } from "./session.server.ts";

/** The tokens for an address and a password, or why not. Nothing is written to the browser yet. */
export function logIn(session: UserSession, email: string, password: string): Promise<Part<TokenPair>> {
  return attempt(askForTokens(session, email, password));
}

async function askForTokens(session: UserSession, email: string, password: string): Promise<TokenPair> {
  const client = session.auth.anonymous();
  const answer = await client.post<TokenPair | TwoFactorChallenge>("/api/auth/login", { json: { email, password } });
  if ("access_token" in answer) return answer;
  const detail = "This account needs a second factor, which cannot be entered here.";
  throw new ProblemError({ type: "about:blank", title: "Second factor needed", status: 403, detail });
}

/** Ends the login here even when back-auth does not answer; the refresh token then dies by itself. */
export async function logOut(session: UserSession, refreshToken = session.refreshToken): Promise<void> {
  session.signOut();
  if (!refreshToken) return;
  await attempt(session.auth.anonymous().post("/api/auth/logout", { json: { refresh_token: refreshToken } }));
}
