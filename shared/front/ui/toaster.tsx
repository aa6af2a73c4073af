import { useEffect } from "react";
import { Link } from "react-router";
import { type Toast, useToasts } from "../live/toasts.ts";
import { Icon } from "./icon.ts";
import { X } from "./icons.ts";

const SHOWN_MILLISECONDS = 8_000;

/** News that nobody asked for: at the edge, polite, and gone by itself. */
export function Toaster() {
  const { toasts, dismiss } = useToasts();
  return (
    <section
      aria-label="News"
      aria-live="polite"
      className="fixed inset-x-4 bottom-20 z-40 ml-auto grid max-w-sm justify-items-stretch gap-3 sm:left-auto sm:w-96 lg:bottom-6"
    >
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} onDismiss={() => dismiss(toast.id)} />
      ))}
    </section>
  );
}

function ToastCard({ toast, onDismiss }: { toast: Toast; onDismiss: () => void }) {
  useEffect(() => {
    const timer = setTimeout(onDismiss, SHOWN_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [onDismiss]);
  return (
    <div className="toast appear flex items-start gap-3 rounded-card border border-line border-l-4 border-l-accent bg-surface p-4 shadow-raised">
      <div className="min-w-0 flex-1">
        <p className="font-semibold">{toast.title}</p>
        {toast.body && <p className="text-sm text-ink-soft">{toast.body}</p>}
        {toast.link && (
          <Link to={toast.link} onClick={onDismiss} className="text-sm font-semibold text-accent underline">
            Open
          </Link>
        )}
      </div>
      <button
        type="button"
        aria-label={`Dismiss: ${toast.title}`}
        onClick={onDismiss}
        className="-m-2 rounded-control p-2 text-ink-faint hover:text-ink"
      >
        <Icon of={X} size={18} />
      </button>
    </div>
  );
}
