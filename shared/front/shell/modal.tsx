import { type ReactNode, useEffectEvent, useLayoutEffect, useRef } from "react";
import { cx } from "../ui/cx.ts";

interface ModalProps {
  label: string;
  onClose(): void;
  className?: string;
  children: ReactNode;
}

/** A dialog that is open for as long as it is there; Escape and a click beside it close it. The focus goes back to where it was. */
export function Modal({ label, onClose, className, children }: ModalProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const closed = useEffectEvent(onClose);
  useLayoutEffect(() => {
    const dialog = ref.current;
    const listen = () => closed();
    dialog?.addEventListener("close", listen);
    dialog?.showModal();
    return () => {
      dialog?.removeEventListener("close", listen);
      dialog?.close();
    };
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it
    <dialog
      ref={ref}
      aria-label={label}
      onClick={({ target }) => target === ref.current && ref.current?.close()}
      className={cx(
        "mx-auto w-[min(38rem,calc(100vw-1.5rem))] rounded-card border border-line bg-surface p-0 text-ink shadow-raised open:appear",
        className,
      )}
    >
      {children}
    </dialog>
  );
}
