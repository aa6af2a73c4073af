/** Pictures on this front's own port; at the gateway the same address leads to back-api directly. */
import { attempt } from "@dashboard/front/api/part.server.ts";
import { sessionOf } from "@dashboard/front/session/middleware.server.ts";
import { data } from "react-router";
import { readAvatar } from "../profile.server.ts";
import type { Route } from "./+types/avatar";

export async function loader({ context, params }: Route.LoaderArgs) {
  const result = await attempt(readAvatar(sessionOf(context), params.id));
  if (!result.ok) throw data(null, { status: result.problem.status });
  const headers = new Headers({ "content-type": result.data.headers.get("content-type") ?? "image/webp" });
  headers.set("cache-control", "public, max-age=31536000, immutable");
  headers.set("x-content-type-options", "nosniff");
  return new Response(result.data.body, { headers });
}
