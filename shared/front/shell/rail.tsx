import PanelLeft from "lucide/dist/esm/icons/panel-left.mjs";
import { Link } from "react-router";
import { cx } from "../ui/cx.ts";
import { Icon } from "../ui/icon.ts";
import { Logo } from "../ui/logo.tsx";
import { AppearanceForm } from "./appearance-form.tsx";
import { useShell } from "./data.ts";
import { PageLink } from "./page-link.tsx";

const ROW = "entry min-h-10";

/** The pages on wide screens; closed, it shows their icons. */
export function Rail() {
  const { home, suffix, navigation, rail } = useShell();
  const isClosed = rail === "closed";
  return (
    <nav
      aria-label="Pages"
      className="sticky top-0 z-30 hidden h-screen flex-col gap-1 border-r border-line bg-surface px-3 pb-3 lg:flex [body:has(.connection-banner)_&]:top-12 [body:has(.connection-banner)_&]:h-[calc(100vh-3rem)]"
    >
      <Link to={home} className="flex h-13 shrink-0 items-center overflow-hidden rounded-control px-1 no-underline">
        <Logo suffix={suffix} iconOnly={isClosed} />
      </Link>
      <ul className="grid min-h-0 flex-1 content-start gap-0.5 overflow-y-auto overscroll-contain py-2">
        {navigation.map((page) => (
          <li key={page.to}>
            <PageLink page={page} className={ROW} iconOnly={isClosed} />
          </li>
        ))}
      </ul>
      <AppearanceForm>
        <button
          type="submit"
          name="rail"
          value={isClosed ? "open" : "closed"}
          title={isClosed ? "Expand the menu" : undefined}
          className={cx(ROW, "text-sm")}
        >
          <Icon of={PanelLeft} size={20} />
          <span className={isClosed ? "sr-only" : ""}>{isClosed ? "Expand the menu" : "Collapse"}</span>
        </button>
      </AppearanceForm>
    </nav>
  );
}
