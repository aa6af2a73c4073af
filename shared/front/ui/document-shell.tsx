import type { ReactNode } from "react";
import { Links, Meta, Scripts, ScrollRestoration } from "react-router";
import { FlashProvider } from "../feedback/flash.tsx";
import { UnsavedGuard } from "../feedback/unsaved-guard.tsx";
import { ConnectionBanner } from "../offline/connection-banner.tsx";
import { Head } from "../root/head.tsx";
import { useTheme } from "../root/theme.ts";
import { PageAnnouncer } from "./page-announcer.tsx";
import { PendingBar } from "./pending-bar.tsx";
import { SkipLink } from "./skip-link.tsx";

/** `<html>` of every page. The theme is there from the first byte, so nothing flashes. */
export function Document({ front, children }: { front: "public" | "admin"; children: ReactNode }) {
  const theme = useTheme();
  return (
    <html lang="en" data-front={front} data-theme={theme}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <Head theme={theme} />
        <Meta />
        <Links />
      </head>
      <body className="min-h-screen">
        <SkipLink />
        <PendingBar />
        <ConnectionBanner />
        <PageAnnouncer />
        <UnsavedGuard />
        <FlashProvider>{children}</FlashProvider>
        <ScrollRestoration />
        <Scripts />
      </body>
    </html>
  );
}
