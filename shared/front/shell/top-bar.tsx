import Search from "lucide/dist/esm/icons/search.mjs";
import type { MouseEvent, ReactNode } from "react";
import { Link } from "react-router";
import { Icon } from "../ui/icon.ts";
import { LiveIndicator } from "../ui/live-indicator.tsx";
import { Logo } from "../ui/logo.tsx";
import { Breadcrumb } from "./breadcrumb.tsx";
import { below, useShell } from "./data.ts";
import { useShellDialog } from "./store.ts";

/** Where one is, the way to everything else, and what is new; `children` stand at its end. */
export function TopBar({ children }: { children: ReactNode }) {
  const { home, suffix } = useShell();
  return (
    <header className="sticky top-0 z-20 border-b border-line bg-paper/95 backdrop-blur-sm [body:has(.connection-banner)_&]:top-12">
      <div className="flex h-13 items-center gap-1.5 px-3 sm:gap-2.5 sm:px-6">
        <Link to={home} className="shrink-0 rounded-control no-underline lg:hidden">
          <Logo suffix={suffix} iconOnly />
        </Link>
        <Breadcrumb />
        <div className="ml-auto flex shrink-0 items-center gap-1.5 sm:gap-2.5">
          <SearchLink />
          <LiveIndicator />
          {children}
        </div>
      </div>
    </header>
  );
}

/** Opens the palette; without JavaScript it leads to the page that searches. */
function SearchLink() {
  const { home } = useShell();
  const { ready, show } = useShellDialog();
  const onClick = (event: MouseEvent) => {
    if (!ready || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    show("palette");
  };
  return (
    <Link to={below(home, "/search")} onClick={onClick} aria-keyshortcuts="Control+K" className="search-link">
      <Icon of={Search} size={18} className="shrink-0" />
      <span className="max-md:sr-only">Search</span>
      <kbd aria-hidden className="key ml-auto max-md:hidden">
        Ctrl K
      </kbd>
    </Link>
  );
}
