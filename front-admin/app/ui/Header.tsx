import { Badge } from "@dashboard/front/ui/badge.tsx";
import { buttonClass } from "@dashboard/front/ui/button.tsx";
import { cx } from "@dashboard/front/ui/cx.ts";
import { LiveIndicator } from "@dashboard/front/ui/live-indicator.tsx";
import { Logo } from "@dashboard/front/ui/logo.tsx";
import { Form, Link, NavLink } from "react-router";

const PAGES = [
  { to: "/", label: "Overview", permission: null },
  { to: "/users", label: "Users", permission: "users:read" },
  { to: "/billing", label: "Billing runs", permission: "billing:read" },
  { to: "/announcements", label: "Announcements", permission: "announcements:write" },
  { to: "/events", label: "Events", permission: "events:read" },
  { to: "/traces", label: "Traces", permission: "traces:read" },
  { to: "/audit", label: "Audit log", permission: "audit:read" },
];

export function Header({ role, permissions }: { role: string; permissions: string[] }) {
  const pages = PAGES.filter(({ permission }) => !permission || permissions.includes(permission));
  return (
    <header className="border-b border-line bg-surface">
      <div className="mx-auto flex max-w-6xl flex-wrap items-center gap-x-4 gap-y-1 px-4 pt-3 sm:px-8">
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
          <ul className="-mx-3 flex overflow-x-auto">
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
