import { FlashMessage } from "@dashboard/front/feedback/flash.tsx";
import type { ReactNode } from "react";

interface EntryCardProps {
  title: ReactNode;
  lead?: string;
  children: ReactNode;
}

/** The card on the wall that registering and logging in happen on. */
export function EntryCard({ title, lead, children }: EntryCardProps) {
  return (
    <div className="wall grid flex-1 place-items-center border-y border-line px-4 py-10 sm:py-16">
      <div className="relative w-full max-w-md">
        <span
          aria-hidden
          className="absolute -top-3 left-1/2 size-6 -translate-x-1/2 rounded-full border-4 border-paper bg-accent"
        />
        <div className="rounded-card border border-line bg-surface px-5 py-8 shadow-raised sm:px-9 sm:py-10">
          <h1 className="text-3xl">{title}</h1>
          {lead && <p className="mt-2 text-ink-soft">{lead}</p>}
          <div className="mt-6 grid gap-5">
            <FlashMessage />
            {children}
          </div>
        </div>
      </div>
    </div>
  );
}
