import { cx } from "@dashboard/front/ui/cx.ts";
import { Icon } from "@dashboard/front/ui/icon.ts";
import Check from "lucide/dist/esm/icons/check.mjs";
import type { ReactNode } from "react";

/** The picture on the landing page: three cards of the dashboard on the tool wall. Decoration only. */
export function Wall() {
  return (
    <div aria-hidden className="relative mx-auto grid w-full max-w-md gap-5 pt-3 select-none">
      <Hung className="-rotate-2">
        <span className="grid size-12 shrink-0 place-items-center rounded-full bg-accent-soft font-display text-lg font-bold text-accent-strong">
          MK
        </span>
        <span>
          <strong className="block font-display text-lg">Mira Kovač</strong>
          <span className="text-sm text-ink-faint">Europe / Zagreb · Pro</span>
        </span>
      </Hung>
      <Hung className="ml-8 rotate-1 sm:ml-14">
        <span className="grid size-12 shrink-0 place-items-center rounded-full bg-good-soft text-good">
          <Icon of={Check} size={22} />
        </span>
        <span>
          <strong className="block font-display text-lg">Your invoice is here</strong>
          <span className="text-sm text-ink-faint">just now, without reloading</span>
        </span>
      </Hung>
      <Tools />
    </div>
  );
}

function Hung({ className, children }: { className: string; children: ReactNode }) {
  return (
    <div
      className={cx(
        "relative flex items-center gap-4 rounded-card border border-line bg-surface p-5 shadow-raised",
        className,
      )}
    >
      <span className="absolute -top-2 left-1/2 size-4 -translate-x-1/2 rounded-full border-2 border-paper bg-accent" />
      {children}
    </div>
  );
}

function Tools() {
  return (
    <svg aria-hidden viewBox="0 0 400 190" className="w-full overflow-visible">
      <g className="fill-ink">
        <g transform="rotate(-6 75 90)">
          <circle cx="75" cy="30" r="16" className="fill-none stroke-ink" strokeWidth="12" />
          <path d="M66 44h18v96H66z" />
          <path d="M61 134A26 26 0 0 0 59 180L65 158H85L91 180A26 26 0 0 0 89 134Z" />
        </g>
        <path d="M300 20h64a8 8 0 0 1 8 8v20h-18l-8-10h-46z" />
      </g>
      <g className="fill-accent">
        <rect x="318" y="36" width="17" height="142" rx="7" />
        <path d="M183 14h22l-3 62h-16z" className="fill-ink-faint" />
        <rect x="176" y="72" width="36" height="98" rx="14" />
      </g>
      <g className="stroke-on-accent" strokeWidth="4" strokeLinecap="round">
        <path d="M187 92v56M201 92v56" />
      </g>
      <g className="fill-surface stroke-line-strong" strokeWidth="2">
        <circle cx="75" cy="10" r="6" />
        <circle cx="194" cy="8" r="6" />
        <circle cx="327" cy="10" r="6" />
      </g>
    </svg>
  );
}
