import type { ReactNode } from "react";
import { FlashMessage } from "../feedback/flash.tsx";
import { cx } from "./cx.ts";

interface CardProps {
  title?: ReactNode;
  /** Stands on the right of the title: a link or a badge. */
  aside?: ReactNode;
  children: ReactNode;
  className?: string;
  id?: string;
}

export function Card({ title, aside, children, className, id }: CardProps) {
  return (
    <section
      id={id}
      className={cx("min-w-0 rounded-card border border-line bg-surface p-5 shadow-card sm:p-6", className)}
    >
      {title && (
        <div className="mb-4 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
          <h2 className="text-xl">{title}</h2>
          {aside}
        </div>
      )}
      {children}
    </section>
  );
}

interface PageHeaderProps {
  title: ReactNode;
  children?: ReactNode;
  aside?: ReactNode;
}

/** The title of a page, and below it what the form that led here has to say. */
export function PageHeader({ title, children, aside }: PageHeaderProps) {
  return (
    <>
      <header className="mb-6 flex flex-wrap items-end justify-between gap-4 sm:mb-8">
        <div className="max-w-2xl">
          <h1 className="text-3xl sm:text-4xl">{title}</h1>
          {children && <p className="mt-2 text-ink-soft">{children}</p>}
        </div>
        {aside}
      </header>
      <FlashMessage className="mb-6" />
    </>
  );
}
