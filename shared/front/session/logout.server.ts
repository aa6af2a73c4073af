import { type LoaderFunctionArgs, redirect } from "react-router";
import { logOut } from "./login.server.ts";
import { sessionOf } from "./middleware.server.ts";

/** The action of the route `/logout`. */
export async function logOutAction({ context }: LoaderFunctionArgs): Promise<never> {
  await logOut(sessionOf(context));
  throw redirect("/login?done=logged-out");
}
