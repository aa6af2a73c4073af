/** What confirming an address asks of back-auth. */
import { attempt } from "@dashboard/front/api/part.server.ts";
import type { Part } from "@dashboard/front/api/problem.ts";
import type { UserSession } from "@dashboard/front/session/session.server.ts";

/** Uses the link's token up. A 422 means that the link is no longer valid. */
export function confirmEmail(session: UserSession, token: string): Promise<Part<void>> {
  return attempt(session.auth.anonymous().post("/api/auth/email/verification/confirm", { json: { token } }));
}

/** Requests a mail with a new link for the logged-in user. */
export function requestLink(session: UserSession): Promise<Part<void>> {
  return attempt(session.auth.post("/api/auth/email/verification"));
}
