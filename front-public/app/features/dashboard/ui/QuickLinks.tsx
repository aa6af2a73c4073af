import { Icon } from "@dashboard/front/ui/icon.ts";
import { ArrowRight, CreditCard, Settings, UserRound } from "@dashboard/front/ui/icons.ts";
import { Link } from "react-router";

const LINKS = [
  { to: "/app/profile", icon: UserRound, title: "Edit your profile", text: "Name, picture, time zone" },
  { to: "/app/billing", icon: CreditCard, title: "Plans and invoices", text: "Choose, change, look up" },
  { to: "/app/settings", icon: Settings, title: "Devices and sign-ins", text: "See and end sessions" },
];

export function QuickLinks() {
  return (
    <nav aria-label="Quick links" className="md:col-span-2">
      <ul className="grid gap-3 sm:grid-cols-3">
        {LINKS.map(({ to, icon, title, text }) => (
          <li key={to}>
            <Link
              to={to}
              className="group flex h-full items-center gap-3 rounded-card border border-line bg-surface p-4 no-underline hover:border-accent"
            >
              <span className="grid size-10 shrink-0 place-items-center rounded-full bg-accent-soft text-accent-strong">
                <Icon of={icon} size={20} />
              </span>
              <span className="min-w-0 flex-1">
                <span className="block font-semibold">{title}</span>
                <span className="block text-sm text-ink-faint">{text}</span>
              </span>
              <Icon
                of={ArrowRight}
                size={18}
                className="text-ink-faint transition-transform group-hover:translate-x-0.5"
              />
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
