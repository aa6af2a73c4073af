import type { ReactNode } from "react";
import { Links, Meta, Scripts, ScrollRestoration, useMatches } from "react-router";
import type { Theme } from "../api/types.ts";
import { ConnectionBanner } from "../offline/connection-banner.tsx";
import { PageAnnouncer } from "./page-announcer.tsx";
import { PendingBar } from "./pending-bar.tsx";
import { SkipLink } from "./skip-link.tsx";

/** The innermost loader that knows a theme decides: the profile's inside the app, the cookie's elsewhere. */
function useTheme(): Theme {
  const themes = useMatches().map(({ loaderData }) => (loaderData as { theme?: Theme } | undefined)?.theme);
  return themes.findLast(Boolean) ?? "system";
}

/** `<html>` of every page. The theme is there from the first byte, so nothing flashes. */
export function Document({ front, children }: { front: "public" | "admin"; children: ReactNode }) {
  return (
    <html lang="en" data-front={front} data-theme={useTheme()}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <Meta />
        <Links />
      </head>
      <body className="min-h-screen">
        <SkipLink />
        <PendingBar />
        <ConnectionBanner />
        <PageAnnouncer />
        {children}
        <ScrollRestoration />
        <Scripts />
      </body>
    </html>
  );
}
