import type { LoaderFunctionArgs } from "react-router";
import { sessionOf } from "../session/middleware.server.ts";
import { readTheme } from "../session/theme.server.ts";
import type { RootData } from "./data.ts";

/** The root route's loader. */
export function readRoot({ context }: LoaderFunctionArgs): RootData {
  const session = sessionOf(context);
  return { theme: readTheme(session), loggedIn: session.identity !== null };
}
