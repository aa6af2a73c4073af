import CircleAlert from "lucide/dist/esm/icons/circle-alert.mjs";
import CircleCheck from "lucide/dist/esm/icons/circle-check.mjs";
import Info from "lucide/dist/esm/icons/info.mjs";
import TriangleAlert from "lucide/dist/esm/icons/triangle-alert.mjs";
import { type ReactNode, useEffect, useRef } from "react";
import { cx } from "./cx.ts";
import { Icon } from "./icon.ts";

const TONES = {
  good: { box: "border-good bg-good-soft", text: "text-good", icon: CircleCheck },
  bad: { box: "border-bad bg-bad-soft", text: "text-bad", icon: CircleAlert },
  warn: { box: "border-warn bg-warn-soft", text: "text-warn", icon: TriangleAlert },
  info: { box: "border-line-strong bg-sunken", text: "text-ink-soft", icon: Info },
};

interface NoticeProps {
  tone: keyof typeof TONES;
  title: ReactNode;
  children?: ReactNode;
  /** Moves the focus here when it appears: for the result of what somebody just did. */
  focus?: boolean;
  className?: string;
}

export function Notice({ tone, title, children, focus = false, className }: NoticeProps) {
  const ref = useRef<HTMLDivElement>(null);
  const { box, text, icon } = TONES[tone];
  useEffect(() => {
    if (focus) ref.current?.focus();
  }, [focus]);
  return (
    <div
      ref={ref}
      tabIndex={-1}
      role={tone === "bad" ? "alert" : "status"}
      className={cx("appear flex gap-3 rounded-control border-l-4 px-4 py-3", box, className)}
    >
      <Icon of={icon} size={20} className={cx("mt-0.5 shrink-0", text)} />
      <div className="min-w-0">
        <p className={cx("font-semibold", text)}>{title}</p>
        {children && <div className="text-ink">{children}</div>}
      </div>
    </div>
  );
}
