import { Button } from "@dashboard/front/ui/button.tsx";
import { Icon } from "@dashboard/front/ui/icon.ts";
import Check from "lucide/dist/esm/icons/check.mjs";
import Copy from "lucide/dist/esm/icons/copy.mjs";
import { useEffect, useState } from "react";

const SHOWN_MILLISECONDS = 2_500;

/** Puts `text` on the clipboard; absent where the browser has none to write to, as without JavaScript. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [possible, setPossible] = useState(false);
  const [copied, setCopied] = useState(false);
  useEffect(() => setPossible(Boolean(navigator.clipboard)), []);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [copied]);
  if (!possible) return null;
  return (
    <>
      <Button variant="secondary" onClick={() => navigator.clipboard.writeText(text).then(() => setCopied(true))}>
        <Icon of={copied ? Check : Copy} size={18} /> {label}
      </Button>
      <span aria-live="polite" className={copied ? "self-center text-sm text-good" : "sr-only"}>
        {copied && "Copied"}
      </span>
    </>
  );
}
