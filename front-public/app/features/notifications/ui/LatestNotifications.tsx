import type { Part } from "@dashboard/front/api/problem.ts";
import type { Notification, Page } from "@dashboard/front/api/types.ts";
import { buttonClass } from "@dashboard/front/ui/button.tsx";
import { ProblemNotice } from "@dashboard/front/ui/form.tsx";
import { Icon } from "@dashboard/front/ui/icon.ts";
import { TextLink } from "@dashboard/front/ui/text-link.tsx";
import { Unavailable } from "@dashboard/front/ui/unavailable.tsx";
import Check from "lucide/dist/esm/icons/check.mjs";
import { type ReactNode, useEffect, useRef } from "react";
import { type FetcherWithComponents, useFetcher } from "react-router";
import { PAGE } from "../news.ts";
import type { clientAction } from "../routes/index.tsx";
import { NotificationText } from "./NotificationText.tsx";

type Fetcher = FetcherWithComponents<Awaited<ReturnType<typeof clientAction>>>;

export interface LatestProps {
  latest: Part<Page<Notification>>;
  unread: Part<number>;
}

/** What the bell opens: the newest few, to be marked as read without leaving the page. */
export default function LatestNotifications({ latest, unread }: LatestProps) {
  const fetcher: Fetcher = useFetcher<typeof clientAction>();
  const heading = useFocusAfter(fetcher);
  const items = latest.ok ? latest.data.items : [];
  const hasUnread = items.some(({ read_at }) => !read_at) || (unread.ok && unread.data > 0);
  return (
    <>
      <div className="mb-3 flex min-h-11 items-center justify-between gap-4">
        <h2 ref={heading} tabIndex={-1} className="text-lg">
          Notifications
        </h2>
        {hasUnread && (
          <Mark fetcher={fetcher} intent="read-all" label="Mark all as read">
            Mark all as read
          </Mark>
        )}
      </div>
      {fetcher.data?.problem && <ProblemNotice problem={fetcher.data.problem} />}
      {!latest.ok && <Unavailable what="Your notifications" problem={latest.problem} />}
      {latest.ok && items.length === 0 && (
        <p className="text-ink-soft">Nothing yet. New notifications appear here automatically.</p>
      )}
      <ul className="rows">
        {items.map((notification) => (
          <Line key={notification.id} notification={notification} fetcher={fetcher} />
        ))}
      </ul>
      <p className="mt-4 border-t border-line pt-4 text-center">
        <TextLink to={PAGE}>See all notifications</TextLink>
      </p>
    </>
  );
}

/** The button that was pressed is gone: whoever uses the keyboard goes on from the heading. */
function useFocusAfter({ state, data }: Fetcher) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (state === "idle" && data && document.activeElement === document.body) heading.current?.focus();
  }, [state, data]);
  return heading;
}

/** What is being marked shows as read at once; the server's answer follows. */
function Line({ notification, fetcher }: { notification: Notification; fetcher: Fetcher }) {
  const { id, title, read_at, created_at } = notification;
  const isMarking = fetcher.formData?.get("intent") === "read-all" || fetcher.formData?.get("id") === id;
  const shown = isMarking ? { ...notification, read_at: read_at ?? created_at } : notification;
  return (
    <li className="flex items-start justify-between gap-2">
      <NotificationText notification={shown} brief />
      {!shown.read_at && (
        <Mark fetcher={fetcher} intent="read" id={id} label={`Mark as read: ${title}`}>
          <Icon of={Check} size={18} />
        </Mark>
      )}
    </li>
  );
}

interface MarkProps {
  fetcher: Fetcher;
  intent: "read" | "read-all";
  id?: string;
  label: string;
  children: ReactNode;
}

function Mark({ fetcher, intent, id, label, children }: MarkProps) {
  return (
    <fetcher.Form method="post" action={PAGE} className="-my-2 -mr-2 shrink-0">
      <input type="hidden" name="then" value="stay" />
      <input type="hidden" name="intent" value={intent} />
      {id && <input type="hidden" name="id" value={id} />}
      <button
        type="submit"
        aria-label={label}
        title={id ? "Mark as read" : undefined}
        className={buttonClass("quiet", "px-2.5 text-sm")}
      >
        {children}
      </button>
    </fetcher.Form>
  );
}
