/** How far something is, from 0 to 1. */
export function Progress({ value, label }: { value: number; label: string }) {
  const percent = Math.round(value * 100);
  return (
    <div className="grid gap-1.5">
      <progress className="bar w-full" aria-label={label} max={100} value={percent}>
        {percent}%
      </progress>
      <p className="text-sm tabular-nums text-ink-soft">{percent}%</p>
    </div>
  );
}
