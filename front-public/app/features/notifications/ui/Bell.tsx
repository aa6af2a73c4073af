import { usePopover } from "@dashboard/front/shell/use-popover.ts";
import { Icon } from "@dashboard/front/ui/icon.ts";
import { loadLater } from "@dashboard/front/ui/load-later.ts";
import { TextLink } from "@dashboard/front/ui/text-link.tsx";
import { useHydrated } from "@dashboard/front/ui/use-hydrated.ts";
import bell from "lucide/dist/esm/icons/bell.mjs";
import { Suspense, useState } from "react";
import { Link } from "react-router";
import { PAGE } from "../news.ts";
import type { LatestProps } from "./LatestNotifications.tsx";

const LatestNotifications = loadLater<LatestProps>(
  () => import("./LatestNotifications.tsx"),
  () => <TextLink to={PAGE}>See all notifications</TextLink>,
);

const MANY = 99;
const LOOKS =
  "relative grid size-10 shrink-0 place-items-center rounded-full text-ink-soft hover:bg-sunken hover:text-ink";

/** Unread notifications at a glance, on every page. Without JavaScript it is a link to all of them. */
export function Bell({ latest, unread }: LatestProps) {
  const count = unread.ok ? unread.data : null;
  if (!useHydrated()) {
    return (
      <Link to={PAGE} className={LOOKS}>
        <BellFace count={count} />
      </Link>
    );
  }
  return <DropDown latest={latest} unread={unread} count={count} />;
}

function DropDown({ latest, unread, count }: LatestProps & { count: number | null }) {
  const popover = usePopover();
  const [wasOpened, setOpened] = useState(false);
  return (
    <>
      <button type="button" popoverTarget="latest-notifications" className={LOOKS}>
        <BellFace count={count} />
      </button>
      <div
        ref={popover}
        id="latest-notifications"
        popover="auto"
        role="dialog"
        aria-label="Latest notifications"
        onBeforeToggle={() => setOpened(true)}
        className="menu top-14 right-3 max-h-[min(36rem,75vh)] w-[min(25rem,calc(100vw-1.5rem))] p-5 sm:right-6"
      >
        {wasOpened && (
          <Suspense fallback={<p className="text-ink-soft">One moment …</p>}>
            <LatestNotifications latest={latest} unread={unread} />
          </Suspense>
        )}
      </div>
    </>
  );
}

function BellFace({ count }: { count: number | null }) {
  return (
    <>
      <Icon of={bell} size={22} />
      {count !== null && count > 0 && (
        <span
          aria-hidden
          className="unread-count absolute top-0.5 right-0.5 min-w-5 rounded-full bg-accent px-1 text-center text-xs leading-5 font-bold text-on-accent tabular-nums"
        >
          {count > MANY ? `${MANY}+` : count}
        </span>
      )}
      <span className="sr-only" aria-live="polite">
        Notifications{count === null ? "" : `, ${count > MANY ? `more than ${MANY}` : count} unread`}
      </span>
    </>
  );
}
