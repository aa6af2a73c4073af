import { navigation } from "virtual:front-pages";
import { cx } from "@dashboard/front/ui/cx.ts";
import { Icon } from "@dashboard/front/ui/icon.ts";
import { NavLink } from "react-router";

const LINK =
  "flex flex-col items-center gap-0.5 border-t-2 px-1 pt-1.5 pb-2 text-xs font-semibold no-underline lg:flex-row lg:gap-3 lg:rounded-control lg:border-t-0 lg:px-3.5 lg:py-2.5 lg:text-base";

/** A column on wide screens, a bar under the thumb on phones; `pages` are the paths that are not switched off. */
export function Navigation({ pages }: { pages: string[] }) {
  const shown = navigation.filter(({ to }) => pages.includes(to));
  return (
    <nav
      aria-label="Pages"
      className="fixed inset-x-0 bottom-0 z-30 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] lg:sticky lg:top-16 lg:z-0 lg:self-start lg:border-0 lg:bg-transparent lg:pt-10"
    >
      <ul className="grid auto-cols-fr grid-flow-col lg:grid-flow-row lg:gap-1">
        {shown.map(({ to, label, short, icon }) => (
          <li key={to}>
            <NavLink
              to={to}
              end={to === "/app"}
              prefetch="intent"
              className={({ isActive }) =>
                cx(
                  LINK,
                  isActive
                    ? "border-accent text-accent-strong lg:bg-accent-soft"
                    : "border-transparent text-ink-soft hover:text-ink lg:hover:bg-sunken",
                )
              }
            >
              {icon && <Icon of={icon} size={20} />}
              {short && <span className="lg:hidden">{short}</span>}
              <span className={cx(short && "hidden lg:inline")}>{label}</span>
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
