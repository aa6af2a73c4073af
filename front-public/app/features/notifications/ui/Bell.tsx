import type { Part } from "@dashboard/front/api/problem.ts";
import type { Notification, Page } from "@dashboard/front/api/types.ts";
import { Icon } from "@dashboard/front/ui/icon.ts";
import { Bell as bell } from "@dashboard/front/ui/icons.ts";
import { TextLink } from "@dashboard/front/ui/text-link.tsx";
import { Unavailable } from "@dashboard/front/ui/unavailable.tsx";
import { useEffect, useRef } from "react";
import { useLocation } from "react-router";
import { NotificationText } from "./NotificationText.tsx";

const MANY = 99;

interface BellProps {
  latest: Part<Page<Notification>>;
  unread: Part<number>;
}

/** Unread notifications at a glance, on every page. */
export function Bell({ latest, unread }: BellProps) {
  const popover = useRef<HTMLDivElement>(null);
  const { key } = useLocation();
  const count = unread.ok ? unread.data : 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page closes the popover
  useEffect(() => popover.current?.hidePopover?.(), [key]);
  return (
    <>
      <button
        type="button"
        popoverTarget="latest-notifications"
        className="relative grid size-11 place-items-center rounded-full text-ink-soft hover:bg-sunken hover:text-ink"
      >
        <Icon of={bell} size={22} />
        {count > 0 && (
          <span
            aria-hidden
            className="unread-count absolute top-0.5 right-0.5 min-w-5 rounded-full bg-accent px-1 text-center text-xs leading-5 font-bold text-on-accent tabular-nums"
          >
            {count > MANY ? `${MANY}+` : count}
          </span>
        )}
        <span className="sr-only" aria-live="polite">
          Notifications{unread.ok ? `, ${count} unread` : ""}
        </span>
      </button>
      <div
        ref={popover}
        id="latest-notifications"
        popover="auto"
        role="dialog"
        aria-label="Latest notifications"
        className="fixed inset-auto top-17 right-[max(1rem,calc((100vw-72rem)/2+2rem))] m-0 max-h-[70vh] w-[min(24rem,calc(100vw-2rem))] overflow-y-auto rounded-card border border-line bg-surface p-5 text-ink shadow-raised open:appear"
      >
        <p className="mb-3 flex items-baseline justify-between gap-4">
          <strong className="font-display text-lg">Notifications</strong>
          <TextLink to="/app/notifications">See all</TextLink>
        </p>
        <Latest latest={latest} />
      </div>
    </>
  );
}

function Latest({ latest }: Pick<BellProps, "latest">) {
  if (!latest.ok) return <Unavailable what="Your notifications" problem={latest.problem} />;
  if (latest.data.items.length === 0)
    return <p className="text-ink-soft">Nothing yet. News appear here by themselves.</p>;
  return (
    <ul className="rows">
      {latest.data.items.map((notification) => (
        <li key={notification.id}>
          <NotificationText notification={notification} />
        </li>
      ))}
    </ul>
  );
}
