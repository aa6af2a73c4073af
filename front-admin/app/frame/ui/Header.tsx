import { navigation } from "virtual:front-pages";
import { Badge } from "@dashboard/front/ui/badge.tsx";
import { buttonClass } from "@dashboard/front/ui/button.tsx";
import { cx } from "@dashboard/front/ui/cx.ts";
import { LiveIndicator } from "@dashboard/front/ui/live-indicator.tsx";
import { Logo } from "@dashboard/front/ui/logo.tsx";
import { useEffect, useRef } from "react";
import { Form, Link, NavLink, useLocation } from "react-router";

interface HeaderProps {
  /** The paths of those that are not switched off. */
  pages: string[];
  role: string;
  permissions: string[];
}

export function Header({ pages: there, role, permissions }: HeaderProps) {
  const mayOpen = (needed: string[]) => needed.length === 0 || needed.some((name) => permissions.includes(name));
  const pages = navigation.filter((page) => there.includes(page.to) && mayOpen(page.permissions));
  const list = useCurrentInView();
  return (
    <header className="border-b border-line bg-surface">
      <div className="mx-auto flex max-w-6xl flex-wrap items-center gap-x-2 gap-y-1 px-4 sm:gap-x-4 pt-3 sm:px-8">
        <Link to="/" className="mr-auto no-underline">
          <Logo suffix="admin" />
        </Link>
        <div className="hidden sm:block">
          <LiveIndicator />
        </div>
        <span className="hidden sm:inline">
          <Badge tone="accent">{role}</Badge>
        </span>
        <Form method="post" action="/logout">
          <input type="submit" value="Log out" className={buttonClass("quiet", "-mr-2.5 px-2.5 text-sm")} />
        </Form>
        <nav aria-label="Pages" className="w-full">
          <ul ref={list} className="-mx-3 flex overflow-x-auto">
            {pages.map(({ to, label }) => (
              <li key={to}>
                <NavLink
                  to={to}
                  end={to === "/"}
                  prefetch="intent"
                  className={({ isActive }) =>
                    cx(
                      "block border-b-3 px-3 py-2.5 font-semibold whitespace-nowrap no-underline",
                      isActive ? "border-accent text-ink" : "border-transparent text-ink-soft hover:text-ink",
                    )
                  }
                >
                  {label}
                </NavLink>
              </li>
            ))}
          </ul>
        </nav>
      </div>
    </header>
  );
}

/** On phones the list is wider than the page: the page that one is on stands in the middle. */
function useCurrentInView() {
  const ref = useRef<HTMLUListElement>(null);
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: each page is another entry
  useEffect(() => {
    const list = ref.current;
    const entry = list?.querySelector("[aria-current=page]")?.parentElement;
    if (entry) list.scrollLeft = entry.offsetLeft - list.offsetLeft - (list.clientWidth - entry.offsetWidth) / 2;
  }, [pathname]);
  return ref;
}
