import { logOut } from "@dashboard/front/session/login.server.ts";
import { sessionOf } from "@dashboard/front/session/middleware.server.ts";
import { redirect } from "react-router";
import type { Route } from "./+types/logout";

export const loader = () => redirect("/");

export async function action({ context }: Route.ActionArgs) {
  await logOut(sessionOf(context));
  throw redirect("/login?done=logged-out");
}
