/** What registering asks of back-api. */
import { attempt } from "@dashboard/front/api/part.server.ts";
import type { Part } from "@dashboard/front/api/problem.ts";
import type { UserSession } from "@dashboard/front/session/session.server.ts";

export interface Registration {
  email: string;
  password: string;
  name?: string;
}

export function register(session: UserSession, registration: Registration): Promise<Part<{ email: string }>> {
  return attempt(session.api.anonymous().post("/api/user-registration", { json: registration }));
}
