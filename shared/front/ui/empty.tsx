import type { ReactNode } from "react";
import { Icon, type IconShapes } from "./icon.ts";

interface EmptyProps {
  icon: IconShapes;
  title: string;
  children?: ReactNode;
}

export function Empty({ icon, title, children }: EmptyProps) {
  return (
    <div className="wall grid justify-items-center bg-surface gap-2 rounded-control border border-dashed border-line-strong px-5 py-10 text-center">
      <span className="grid size-12 place-items-center rounded-full border border-line bg-surface text-accent">
        <Icon of={icon} size={22} />
      </span>
      <p className="bg-surface px-2 font-semibold">{title}</p>
      {children && <div className="max-w-sm bg-surface px-2 text-ink-soft">{children}</div>}
    </div>
  );
}
