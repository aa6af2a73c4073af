/** A task's state as data: what the page polls while it is not live. */
import { part } from "@dashboard/front/api/part.server.ts";
import { sessionOf } from "@dashboard/front/session/middleware.server.ts";
import { readTask } from "../billing.server.ts";
import type { Route } from "./+types/task";

export async function loader({ context, params }: Route.LoaderArgs) {
  return { task: await part(readTask(sessionOf(context), params.id)) };
}
