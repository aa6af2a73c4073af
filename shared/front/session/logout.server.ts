import type { LoaderFunctionArgs } from "react-router";
import { redirectWithFlash } from "../feedback/flash.server.ts";
import { logOut } from "./login.server.ts";
import { sessionOf } from "./middleware.server.ts";

const LOGGED_OUT = "You are logged out.";

/** The action of the route `/logout`. */
export async function logOutAction({ context }: LoaderFunctionArgs): Promise<never> {
  const session = sessionOf(context);
  await logOut(session);
  throw redirectWithFlash(session, "/login", LOGGED_OUT);
}
