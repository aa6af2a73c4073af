import X from "lucide/dist/esm/icons/x.mjs";
import { type RefObject, useEffect, useRef, useState } from "react";
import { Link } from "react-router";
import { type Toast, useToasts } from "../live/toasts.ts";
import { Icon } from "./icon.ts";

const SHOWN_MILLISECONDS = 10_000;

/** The cards stay for as long as somebody points at one, stands in one or looks at another tab; Escape dismisses the newest. */
export default function ToastCards() {
  const { toasts, dismiss } = useToasts();
  const ref = useRef<HTMLDivElement>(null);
  const [isRead, setRead] = useState(false);
  const isHidden = useHidden();
  const leave = useWayBack(ref);
  useEscape(() => {
    const newest = toasts.at(-1);
    if (newest) close(newest.id);
  });
  function close(id: string) {
    if (toasts.length === 1) leave();
    dismiss(id);
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pointing at a card only makes it stay
    <div
      ref={ref}
      className="grid gap-3"
      onMouseEnter={() => setRead(true)}
      onMouseLeave={() => setRead(false)}
      onFocus={() => setRead(true)}
      onBlur={({ relatedTarget }) => setRead(ref.current?.contains(relatedTarget) ?? false)}
    >
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} stays={isRead || isHidden} onDismiss={() => close(toast.id)} />
      ))}
    </div>
  );
}

interface ToastCardProps {
  toast: Toast;
  stays: boolean;
  onDismiss(): void;
}

function ToastCard({ toast, stays, onDismiss }: ToastCardProps) {
  const { id, title, body, link, onOpen } = toast;
  const dismiss = useToasts((toasts) => toasts.dismiss);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a bundle that grows is read again
  useEffect(() => {
    if (stays) return;
    const timer = setTimeout(() => dismiss(id), SHOWN_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [stays, dismiss, id, title]);
  return (
    <div className="toast appear flex items-start gap-3 rounded-card border border-line border-l-4 border-l-accent bg-surface p-4 shadow-raised">
      <div className="min-w-0 flex-1 wrap-break-word">
        <p className="font-semibold">{title}</p>
        {body && <p className="line-clamp-4 text-sm text-ink-soft">{body}</p>}
        {link && (
          <Link
            to={link}
            aria-label={`Open: ${title}`}
            onClick={() => {
              onOpen?.();
              onDismiss();
            }}
            className="text-sm font-semibold text-accent underline underline-offset-3"
          >
            Open
          </Link>
        )}
      </div>
      <button
        type="button"
        aria-label={`Dismiss: ${title}`}
        onClick={onDismiss}
        className="-m-2 rounded-control p-2 text-ink-faint hover:text-ink"
      >
        <Icon of={X} size={18} />
      </button>
    </div>
  );
}

/** Calls `onEscape` unless something else on the page, such as a dialog, closes by that key. */
function useEscape(onEscape: () => void) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      if (!document.querySelector("dialog[open], :popover-open")) onEscape();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  });
}

function useHidden(): boolean {
  const [isHidden, setHidden] = useState(document.visibilityState === "hidden");
  useEffect(() => {
    const onChange = () => setHidden(document.visibilityState === "hidden");
    document.addEventListener("visibilitychange", onChange);
    return () => document.removeEventListener("visibilitychange", onChange);
  }, []);
  return isHidden;
}

/** Leads the focus back to where it was before it came among the toasts. */
function useWayBack(ref: RefObject<HTMLElement | null>): () => void {
  const from = useRef<HTMLElement | null>(null);
  useEffect(() => {
    const keep = (target: EventTarget | null) => {
      if (target instanceof HTMLElement && target !== document.body && !ref.current?.contains(target))
        from.current = target;
    };
    const onFocus = ({ target }: FocusEvent) => keep(target);
    keep(document.activeElement); // the first toast came after it
    document.addEventListener("focusin", onFocus);
    return () => document.removeEventListener("focusin", onFocus);
  }, [ref]);
  return () => {
    if (ref.current?.contains(document.activeElement)) (from.current ?? document.getElementById("main"))?.focus();
  };
}
