interface LogoProps {
  suffix?: string;
  /** Without the name on phones. */
  compact?: boolean;
  /** Without the name anywhere. */
  iconOnly?: boolean;
}

/** A peg, a hook and what hangs on it. */
export function Logo({ suffix, compact, iconOnly }: LogoProps) {
  return (
    <span className="flex items-center gap-2.5 font-display text-base font-bold min-[23rem]:text-lg tracking-tight whitespace-nowrap">
      <svg aria-hidden viewBox="0 0 32 32" className="size-8 shrink-0">
        <rect width="32" height="32" rx="9" className="fill-accent" />
        <g className="fill-none stroke-on-accent" strokeWidth="2.6" strokeLinecap="round" strokeLinejoin="round">
          <path d="M8 9.5h16M12 9.5v6.5a4 4 0 0 0 8 0" />
          <path d="M16 20v3.5" />
        </g>
        <circle cx="16" cy="24" r="1.7" className="fill-on-accent" />
      </svg>
      <span className={iconOnly ? "sr-only" : compact ? "sr-only sm:not-sr-only" : ""}>
        Tools Dashboard
        {suffix && <span className="-mt-1 block text-sm font-normal text-ink-faint"> {suffix}</span>}
      </span>
    </span>
  );
}
