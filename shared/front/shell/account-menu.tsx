import ArrowUpRight from "lucide/dist/esm/icons/arrow-up-right.mjs";
import Keyboard from "lucide/dist/esm/icons/keyboard.mjs";
import LogOut from "lucide/dist/esm/icons/log-out.mjs";
import { type ReactNode, useRef } from "react";
import { Form, Link } from "react-router";
import { Avatar } from "../ui/avatar.tsx";
import { Icon, type IconShapes } from "../ui/icon.ts";
import type { Person, ShellData } from "./data.ts";
import { useShellDialog } from "./store.ts";
import { ThemeSwitch } from "./theme-switch.tsx";
import { usePopover } from "./use-popover.ts";

const ROW = "entry min-h-11";

export interface MenuLink {
  to: string;
  label: string;
  icon: IconShapes;
}

interface AccountMenuProps {
  person: Person;
  links: MenuLink[];
  elsewhere: ShellData["elsewhere"];
  /** Beside the name: a role. */
  children?: ReactNode;
}

/** Who is logged in, and what belongs to them. A native popover, so that it opens without JavaScript too. */
export function AccountMenu({ person, links, elsewhere, children }: AccountMenuProps) {
  const popover = usePopover();
  const { name, email, picture } = person;
  return (
    <>
      <button type="button" popoverTarget="account-menu" className="flex shrink-0 items-center gap-2 rounded-full">
        <span className="sr-only">Your account</span>
        <Avatar name={name} url={picture} />
        {name && <bdi className="hidden max-w-40 truncate pr-1 text-sm font-semibold xl:inline-block">{name}</bdi>}
      </button>
      <div
        ref={popover}
        id="account-menu"
        popover="auto"
        role="dialog"
        aria-label="Your account"
        className="menu top-14 right-3 max-h-[calc(100vh-4.5rem)] w-[min(20rem,calc(100vw-1.5rem))] p-2 sm:right-6"
      >
        <div className="flex items-center gap-3 p-3">
          <Avatar name={name} url={picture} />
          <div className="min-w-0 flex-1">
            {name && (
              <p dir="auto" className="truncate font-semibold">
                {name}
              </p>
            )}
            {email && (
              <p className="truncate text-sm text-ink-faint" title={email}>
                {email}
              </p>
            )}
          </div>
          {children}
        </div>
        <div className="border-y border-line px-1 py-3">
          <ThemeSwitch />
        </div>
        <ul className="py-1.5">
          {links.map(({ to, label, icon }) => (
            <li key={to}>
              <Link to={to} className={ROW}>
                <Icon of={icon} size={20} /> {label}
              </Link>
            </li>
          ))}
          {elsewhere && (
            <li>
              <a href={elsewhere.href} className={ROW}>
                <Icon of={ArrowUpRight} size={20} /> {elsewhere.label}
              </a>
            </li>
          )}
          <ShortcutsRow />
        </ul>
        <Form method="post" action="/logout" className="border-t border-line pt-1.5">
          <button type="submit" className={ROW}>
            <Icon of={LogOut} size={20} /> Log out
          </button>
        </Form>
      </div>
    </>
  );
}

/** Only where something listens to keys. */
function ShortcutsRow() {
  const row = useRef<HTMLLIElement>(null);
  const { ready, show } = useShellDialog();
  if (!ready) return null;
  const open = () => {
    row.current?.closest<HTMLElement>("[popover]")?.hidePopover();
    show("shortcuts");
  };
  return (
    <li ref={row} className="max-sm:hidden">
      <button type="button" onClick={open} className={ROW}>
        <Icon of={Keyboard} size={20} /> Keyboard shortcuts
        <kbd aria-hidden className="key ml-auto">
          ?
        </kbd>
      </button>
    </li>
  );
}
