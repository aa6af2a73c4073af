import type { LoaderFunctionArgs } from "react-router";
import { takeFlash } from "../feedback/flash.server.ts";
import { settings } from "../server/settings.ts";
import { sessionOf } from "../session/middleware.server.ts";
import { readTheme } from "../session/theme.server.ts";
import type { RootData } from "./data.ts";

/** The colours are those of styles/tokens.css. */
const FRONTS = {
  public: {
    description: "Your profile, your plan and your notifications in one place that keeps itself up to date.",
    paper: { light: "#f4f1e9", dark: "#171511" },
  },
  admin: {
    description: "The administration of Tools Dashboard.",
    paper: { light: "#eff2f6", dark: "#0e131b" },
  },
};

/** The root route's loader. */
export const readRoot =
  (front: keyof typeof FRONTS) =>
  ({ context, request, url }: LoaderFunctionArgs): RootData => {
    const session = sessionOf(context);
    return {
      theme: readTheme(session),
      loggedIn: session.identity !== null,
      publicUrl: settings().publicUrl,
      flash: takeFlash(session, request, url.pathname),
      ...FRONTS[front],
    };
  };
