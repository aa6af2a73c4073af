import { useEffect, useRef } from "react";
import { Button } from "../ui/button.tsx";

const TITLE = "Leave without saving?";
const TEXT = "What you changed on this page isn’t saved yet.";

interface UnsavedQuestionProps {
  onStay: () => void;
  onLeave: () => void;
}

/** Holds the page until somebody has said whether to leave it. */
export default function UnsavedQuestion({ onStay, onLeave }: UnsavedQuestionProps) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={ref}
      aria-labelledby="unsaved-title"
      onCancel={onStay}
      className="unsaved m-auto w-[min(28rem,calc(100vw-2rem))] rounded-card border border-line bg-surface p-6 text-ink shadow-raised open:appear"
    >
      <h2 id="unsaved-title" className="mb-3 text-2xl">
        {TITLE}
      </h2>
      <p className="text-ink-soft">{TEXT}</p>
      <div className="mt-6 flex flex-wrap justify-end gap-3">
        <Button onClick={onLeave} variant="danger">
          Leave
        </Button>
        <Button onClick={onStay} variant="primary">
          Stay
        </Button>
      </div>
    </dialog>
  );
}
