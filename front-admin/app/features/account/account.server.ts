/** Who is logged in, as back-api knows them. */
import type { User } from "@dashboard/front/api/types.ts";
import type { UserSession } from "@dashboard/front/session/session.server.ts";

export async function readMe(session: UserSession): Promise<User> {
  return (await session.api.get<{ user: User }>("/api/me")).user;
}
