import { tellTabs } from "@dashboard/front/live/tabs.ts";
import { logOut } from "@dashboard/front/session/login.server.ts";
import { sessionOf } from "@dashboard/front/session/middleware.server.ts";
import { redirect } from "react-router";
import type { Route } from "./+types/logout";

export const loader = () => redirect("/");

export async function action({ context }: Route.ActionArgs) {
  await logOut(sessionOf(context));
  throw redirect("/login?done=logged-out");
}

/** The other tabs go to the login page too, at once. */
export async function clientAction({ serverAction }: Route.ClientActionArgs) {
  try {
    return await serverAction();
  } finally {
    tellTabs({ type: "signed-out" });
  }
}
