/** What logging in, staying logged in and logging out need of back-auth: the same for both fronts. */
import { logIn, logOut } from "@dashboard/front/session/login.server.ts";
import type { UserSession } from "@dashboard/front/session/session.server.ts";
import { expect } from "vitest";
import { consumer, openSession, refusal } from "./consumer.ts";
import EXAMPLES from "./examples.json" with { type: "json" };
import { integer, text } from "./shapes.ts";

const { email, password } = EXAMPLES;
const tokens = { access_token: text("an-access-token"), refresh_token: text("the-next"), expires_in: integer(900) };

export function logins(front: string): void {
  const needs = consumer(front, "back-auth");
  const mine = `token-of-${front}`;
  const renewed = async (): Promise<UserSession> => {
    const session = openSession({ refresh: mine });
    await session.prepare();
    return session;
  };

  needs("logging in", {
    given: "a person with a password",
    ask: "POST /api/auth/login",
    anonymous: true,
    json: { email: "{email}", password: "{password}" },
    answer: { status: 200, body: tokens },
    by: (session) => logIn(session, email, password),
    gives: async (result) => expect(await result).toMatchObject({ ok: true, data: { refresh_token: "the-next" } }),
  });

  needs("logging in with a wrong password", {
    given: "a person with another password",
    ask: "POST /api/auth/login",
    anonymous: true,
    json: { email: "{email}", password: "{password}" },
    answer: refusal(401),
    by: (session) => logIn(session, email, password),
    gives: async (result) => expect(await result).toMatchObject({ ok: false, problem: { status: 401 } }),
  });

  // Before the one that succeeds, whose result is kept for requests that come at the same time.
  needs("staying logged in after the session has ended", {
    given: "a person whose session has ended",
    ask: "POST /api/auth/refresh",
    anonymous: true,
    json: { refresh_token: "{refresh_token}" },
    answer: refusal(401),
    by: renewed,
    gives: async (result) => expect((await result).refreshToken).toBeNull(),
  });

  needs("staying logged in", {
    given: "a person who is logged in",
    ask: "POST /api/auth/refresh",
    anonymous: true,
    json: { refresh_token: "{refresh_token}" },
    answer: { status: 200, body: tokens },
    by: renewed,
    gives: async (result) => expect((await result).refreshToken).toBe("the-next"),
  });

  needs("logging out", {
    given: "a person who is logged in",
    ask: "POST /api/auth/logout",
    anonymous: true,
    json: { refresh_token: "{refresh_token}" },
    answer: { status: 204 },
    by: async () => {
      const session = openSession({ refresh: mine });
      await logOut(session);
      return session;
    },
    gives: async (result) => expect((await result).refreshToken).toBeNull(),
  });

  needs("logging out with an access token alone", {
    given: "a person who is logged in",
    ask: "DELETE /api/auth/sessions/{session_id}",
    answer: { status: 204 },
    by: (session) => session.auth.bearing(EXAMPLES.access_token).delete(`/api/auth/sessions/${EXAMPLES.some_id}`),
  });
}
