import { useContext } from "react";
import { formatMoney, formatPeriod } from "../format/format.ts";
import { PreferencesContext } from "./when.tsx";

/** An amount of minor units (cents), as the reader's language writes it. */
export function Money({ minor, currency }: { minor: number; currency: string }) {
  const { locale } = useContext(PreferencesContext);
  return (
    <span suppressHydrationWarning className="whitespace-nowrap tabular-nums">
      {formatMoney(minor, currency, locale)}
    </span>
  );
}

/** A billing month such as `2026-11`. */
export function Period({ period }: { period: string }) {
  const { locale } = useContext(PreferencesContext);
  return <span suppressHydrationWarning>{formatPeriod(period, locale)}</span>;
}
