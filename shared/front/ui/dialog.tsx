import { type ReactNode, useEffect, useRef, useState } from "react";
import { useLocation } from "react-router";
import type { Problem } from "../api/types.ts";
import { Button } from "./button.tsx";
import { ProblemContext } from "./field.tsx";
import { ProblemNotice } from "./form.tsx";

interface DialogProps {
  id: string;
  /** Names what it is about: "Delete “Weekly report”?" */
  title: string;
  children: ReactNode;
  /** The form's buttons, each with its verb; the one that dismisses is always there. */
  actions: ReactNode;
  dismiss?: string;
  /** Why the server refused its form: it is open again, with the reason inside. */
  problem?: Problem;
  /** Another answer of the server that opens it: a question, say. A new one opens it again. */
  open?: object | undefined;
}

/**
 * A modal that native invoker commands open. Wrap it in the form that it sends. What the server answers opens it as well; without
 * JavaScript it then stands in the page.
 */
export function Dialog({ id, title, children, actions, dismiss = "Cancel", problem, open = problem }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const [isOpenAtFirst] = useState(open !== undefined);
  useInvokerFallback(ref);
  useOpenedBy(ref, open);
  return (
    <dialog
      ref={ref}
      id={id}
      open={isOpenAtFirst}
      aria-labelledby={`${id}-title`}
      className="m-auto w-[min(32rem,calc(100vw-2rem))] rounded-card border border-line bg-surface p-6 text-ink shadow-raised open:appear"
    >
      <h2 id={`${id}-title`} className="mb-3 text-2xl wrap-anywhere">
        {title}
      </h2>
      <div className="grid gap-4 text-ink-soft">
        {problem && !problem.errors?.length && <ProblemNotice problem={problem} />}
        <ProblemContext value={problem}>{children}</ProblemContext>
      </div>
      <div className="mt-6 flex flex-wrap justify-end gap-3">
        <Button command="close" commandfor={id}>
          {dismiss}
        </Button>
        {actions}
      </div>
    </dialog>
  );
}

/** Every answer to a form is a new location: it closes the dialog, or opens it with the focus on what is wrong. */
function useOpenedBy(ref: React.RefObject<HTMLDialogElement | null>, open: object | undefined) {
  const { key } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer counts, even the same
  useEffect(() => {
    ref.current?.close();
    if (!open) return;
    ref.current?.showModal();
    ref.current?.querySelector<HTMLElement>("[aria-invalid=true], [role=alert]")?.focus();
  }, [key, open]);
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
