import Check from "lucide/dist/esm/icons/check.mjs";
import Copy from "lucide/dist/esm/icons/copy.mjs";
import { useEffect, useState } from "react";
import { Button } from "./button.tsx";
import { Icon } from "./icon.ts";

const SHOWN_MILLISECONDS = 2_500;
const SMALL = "grid size-6 shrink-0 place-items-center rounded-control text-ink-faint hover:bg-sunken hover:text-ink";

interface CopyButtonProps {
  text: string;
  label: string;
  /** Only the icon, for lines of text; its label is read out. */
  small?: boolean;
}

/** Puts `text` on the clipboard; absent where the browser has none to write to, as without JavaScript. */
export function CopyButton({ text, label, small }: CopyButtonProps) {
  const [possible, setPossible] = useState(false);
  const [copied, setCopied] = useState(false);
  useEffect(() => setPossible(Boolean(navigator.clipboard)), []);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [copied]);
  if (!possible) return null;
  const copy = () => navigator.clipboard.writeText(text).then(() => setCopied(true));
  const icon = <Icon of={copied ? Check : Copy} size={small ? 14 : 18} />;
  return (
    <>
      {small ? (
        <button type="button" aria-label={label} title={label} onClick={copy} className={SMALL}>
          {icon}
        </button>
      ) : (
        <Button variant="secondary" onClick={copy}>
          {icon} {label}
        </Button>
      )}
      <span aria-live="polite" className={copied && !small ? "self-center text-sm text-good" : "sr-only"}>
        {copied && "Copied"}
      </span>
    </>
  );
}
