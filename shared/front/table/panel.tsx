import X from "lucide/dist/esm/icons/x.mjs";
import { type ReactNode, useEffect, useRef } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import { buttonClass } from "../ui/button.tsx";
import { Icon } from "../ui/icon.ts";
import { TextLink } from "../ui/text-link.tsx";
import { linkId } from "./row-link.tsx";
import { here } from "./view.ts";

/** The row that `?show=` names, beside its list: the same content as its page, which `to` leads to. */
export function RowPanel({ id, to, label, children }: { id: string; to: string; label: string; children: ReactNode }) {
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const panel = useRef<HTMLElement>(null);
  const closed = here(params, { show: null });
  useEffect(() => {
    panel.current?.focus();
    return () => document.getElementById(linkId(id))?.focus();
  }, [id]);
  const close = (event: { preventDefault(): void }) => {
    event.preventDefault();
    navigate(closed, { preventScrollReset: true });
  };
  return (
    <section
      ref={panel}
      tabIndex={-1}
      aria-label={label}
      onKeyDown={(event) => event.key === "Escape" && close(event)}
      className="panel fixed inset-y-0 right-0 z-40 w-[min(34rem,100vw)] overflow-y-auto overscroll-contain border-l border-line bg-paper p-5 shadow-raised sm:p-6"
    >
      <div className="mb-4 flex items-center justify-between gap-4">
        <TextLink to={to}>Open as a page</TextLink>
        <Link to={closed} onClick={close} aria-label="Close" className={buttonClass("quiet", "-mr-2.5 px-2.5")}>
          <Icon of={X} size={20} />
        </Link>
      </div>
      {children}
    </section>
  );
}
