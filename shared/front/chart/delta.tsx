import { Badge } from "../ui/badge.tsx";

interface DeltaProps {
  now: number;
  before: number;
  /** Which direction is good news; neither, when it is just a fact. */
  better?: "more" | "less";
  /** What it is compared with. */
  than: string;
}

/** By how much a figure has changed: `+12 %`, `−5 %`, `×14` from ten times on. */
export function DeltaChip({ now, before, better, than }: DeltaProps) {
  const up = now > before;
  const tone = now === before || !better ? "neutral" : up === (better === "more") ? "good" : "bad";
  return (
    <Badge tone={tone}>
      {changeOf(now, before)}
      <span className="sr-only"> compared with {than}</span>
    </Badge>
  );
}

/** From nothing there is no percentage. */
export function changeOf(now: number, before: number): string {
  if (now === before) return "no change";
  if (before === 0) return "from 0";
  const ratio = now / before;
  if (ratio >= 10) return `×${Math.round(ratio).toLocaleString("en")}`;
  const percent = Math.round(((now - before) / Math.abs(before)) * 100);
  if (percent === 0) return now > before ? "under +1 %" : "under −1 %";
  return `${percent > 0 ? "+" : "−"}${Math.abs(percent).toLocaleString("en")} %`;
}
