import type { ButtonHTMLAttributes, ReactNode } from "react";
import { Link, type LinkProps, useNavigation } from "react-router";
import { useWaitingRequests } from "../offline/waiting-requests.ts";
import { cx } from "./cx.ts";

type Variant = "primary" | "secondary" | "quiet" | "danger";

const BASE =
  "inline-flex min-h-11 items-center justify-center gap-2 rounded-control px-4.5 py-2 text-center font-semibold no-underline transition-colors select-none aria-disabled:cursor-progress aria-disabled:opacity-65 active:translate-y-px";

const VARIANTS: Record<Variant, string> = {
  primary: "bg-accent text-on-accent hover:bg-accent-strong",
  secondary: "border border-line-strong bg-surface text-ink hover:border-ink-soft hover:bg-sunken",
  quiet: "text-ink-soft hover:bg-sunken hover:text-ink",
  danger: "border border-bad text-bad hover:bg-bad-soft",
};

export const buttonClass = (variant: Variant = "primary", extra?: string): string => cx(BASE, VARIANTS[variant], extra);

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  variant?: Variant;
  /** Invoker commands: opens or closes the dialog `commandfor`, with or without JavaScript. */
  command?: "show-modal" | "close";
  commandfor?: string;
}

export function Button({ variant = "secondary", className, type = "button", ...rest }: ButtonProps) {
  return <button type={type} className={buttonClass(variant, className)} {...rest} />;
}

export function ButtonLink({ variant = "secondary", className, ...rest }: LinkProps & { variant?: Variant }) {
  return <Link className={buttonClass(variant, typeof className === "string" ? className : undefined)} {...rest} />;
}

interface SubmitProps {
  children: ReactNode;
  /** Says what the form is sent for when its page has several. */
  intent?: string;
  variant?: Variant;
  pending?: string;
  className?: string;
  /** The form that it sends, when it does not stand in it. */
  form?: string;
}

/** Stays focusable while its form is on the way, and says so. A form that waits for the network can be sent again. */
export function SubmitButton({
  children,
  intent,
  variant = "primary",
  pending = "One moment …",
  className,
  form,
}: SubmitProps) {
  const { state, formData } = useNavigation();
  const isWaiting = useWaitingRequests(({ unsent }) => unsent > 0);
  const isMine = formData !== undefined && (formData.get("intent") ?? undefined) === intent;
  const busy = state !== "idle" && isMine && !isWaiting;
  return (
    <button
      type="submit"
      form={form}
      name={intent && "intent"}
      value={intent}
      aria-disabled={busy || undefined}
      onClick={(event) => busy && event.preventDefault()}
      className={buttonClass(variant, className)}
    >
      {busy ? pending : children}
    </button>
  );
}
