import { type ReactNode, useEffect, useRef } from "react";
import { useLocation } from "react-router";
import { Button } from "./button.tsx";

interface DialogProps {
  id: string;
  title: string;
  children: ReactNode;
  /** The form's buttons; "Keep as it is" is always there. */
  actions: ReactNode;
  dismiss?: string;
  /** Open from the start: for a question that the server asks. */
  open?: boolean;
}

/** A modal that native invoker commands open, so that it works without JavaScript. Wrap it in the form that it sends. */
export function Dialog({ id, title, children, actions, dismiss = "Keep as it is", open }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const { key } = useLocation();
  useInvokerFallback(ref);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every answer to its form is a new location
  useEffect(() => ref.current?.close(), [key]);
  return (
    <dialog
      ref={ref}
      id={id}
      open={open}
      aria-labelledby={`${id}-title`}
      className="m-auto w-[min(32rem,calc(100vw-2rem))] rounded-card border border-line bg-surface p-6 text-ink shadow-raised open:appear"
    >
      <h2 id={`${id}-title`} className="mb-3 text-2xl">
        {title}
      </h2>
      <div className="grid gap-4 text-ink-soft">{children}</div>
      <div className="mt-6 flex flex-wrap justify-end gap-3">
        <Button command="close" commandfor={id}>
          {dismiss}
        </Button>
        {actions}
      </div>
    </dialog>
  );
}

/** For browsers before invoker commands: the same buttons, by script. */
function useInvokerFallback(ref: React.RefObject<HTMLDialogElement | null>) {
  useEffect(() => {
    const dialog = ref.current;
    if (!dialog || "command" in HTMLButtonElement.prototype) return;
    const onClick = (event: MouseEvent) => {
      const button = event.target instanceof Element && event.target.closest(`button[commandfor="${dialog.id}"]`);
      if (!button) return;
      if (button.getAttribute("command") === "close") dialog.close();
      else dialog.showModal();
    };
    document.addEventListener("click", onClick);
    return () => document.removeEventListener("click", onClick);
  }, [ref]);
}
