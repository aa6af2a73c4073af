/** What surrounds every page behind the login: the rail, the bar on top, the bar of phones, and the dialogs that keys open. */
import { type ReactNode, Suspense } from "react";
import { cx } from "../ui/cx.ts";
import { loadLater } from "../ui/load-later.ts";
import { MissingParts } from "../ui/missing-parts.tsx";
import { Toaster } from "../ui/toaster.tsx";
import { useHydrated } from "../ui/use-hydrated.ts";
import { type Front, type Rail as RailState, ShellContext, type ShellData } from "./data.ts";
import { keyOf, type ShellEntry } from "./entries.ts";
import { PhoneBar } from "./phone-bar.tsx";
import { Rail } from "./rail.tsx";
import { TopBar } from "./top-bar.tsx";
import { useChosen } from "./use-appearance.ts";

/** Nothing of it is in the first picture of a page, so that it is loaded afterwards. */
const ShellDialogs = loadLater(() => import("./dialogs.tsx"));

interface ShellProps {
  front: Front;
  data: ShellData;
  /** At the end of the bar on top: the bell, the account. */
  corner: ReactNode;
  footer?: ReactNode;
  children: ReactNode;
}

export function Shell({ front, data, corner, footer, children }: ShellProps) {
  const rail = (useChosen("rail") as RailState | undefined) ?? data.rail;
  const isOpen = (entry: ShellEntry) => data.open.includes(keyOf(entry));
  const shown = { ...front, rail, navigation: front.navigation.filter(isOpen), actions: front.actions.filter(isOpen) };
  return (
    <ShellContext value={shown}>
      <div
        className={cx(
          "shell lg:grid",
          rail === "closed" ? "lg:grid-cols-[4rem_minmax(0,1fr)]" : "lg:grid-cols-[14.5rem_minmax(0,1fr)]",
        )}
      >
        <Rail />
        <div className="flex min-h-screen min-w-0 flex-col pb-[calc(3.5rem+env(safe-area-inset-bottom))] lg:pb-0">
          <TopBar>{corner}</TopBar>
          <main
            id="main"
            tabIndex={-1}
            className="mx-auto w-full max-w-[105rem] min-w-0 flex-1 px-4 pt-6 pb-12 sm:px-6 lg:px-8 lg:pt-8"
          >
            <MissingParts />
            {children}
          </main>
          {footer && (
            <footer className="mx-auto w-full max-w-[105rem] px-4 pb-6 text-sm text-ink-faint sm:px-6 lg:px-8">
              {footer}
            </footer>
          )}
        </div>
      </div>
      <PhoneBar />
      <Suspense>{useHydrated() && <ShellDialogs />}</Suspense>
      <Toaster />
    </ShellContext>
  );
}
