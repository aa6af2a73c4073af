import { Suspense } from "react";
import { useToasts } from "../live/toasts.ts";
import { loadLater } from "./load-later.ts";

const ToastCards = loadLater(() => import("./toast-cards.tsx"));

/** News that nobody asked for: at the edge, off the buttons of the page, polite, gone by itself. What draws it is loaded with the first one. */
export function Toaster() {
  const hasToasts = useToasts(({ toasts }) => toasts.length > 0);
  return (
    <section
      aria-label="New notifications"
      aria-live="polite"
      className="toaster fixed inset-x-4 top-20 z-40 ml-auto max-w-sm sm:left-auto sm:w-96"
    >
      {hasToasts && (
        <Suspense>
          <ToastCards />
        </Suspense>
      )}
    </section>
  );
}
