import { CopyButton } from "../ui/copy-button.tsx";
import { shortId } from "./shorten.ts";

/** An id in short, with a button that copies all of it. Screen readers read it whole. */
export function Id({ of, what = "id" }: { of: string; what?: string }) {
  return (
    <span className="inline-flex items-center gap-1 font-mono text-sm whitespace-nowrap">
      <IdText of={of} />
      <CopyButton text={of} label={`Copy ${what}`} small />
    </span>
  );
}

export function IdText({ of }: { of: string }) {
  const short = shortId(of);
  if (short === of) return <span>{of}</span>;
  return (
    <span title={of}>
      <span aria-hidden>{short}</span>
      <span className="sr-only">{of}</span>
    </span>
  );
}
