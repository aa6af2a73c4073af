import type { Part } from "@dashboard/front/api/problem.ts";
import type { Notification, Page } from "@dashboard/front/api/types.ts";
import { buttonClass } from "@dashboard/front/ui/button.tsx";
import { ProblemNotice } from "@dashboard/front/ui/form.tsx";
import { TextLink } from "@dashboard/front/ui/text-link.tsx";
import { Unavailable } from "@dashboard/front/ui/unavailable.tsx";
import { useEffect, useRef } from "react";
import { type FetcherWithComponents, useFetcher } from "react-router";
import { PAGE } from "../news.ts";
import type { clientAction } from "../routes/index.tsx";
import { useMark } from "../use-mark.ts";
import { MarkForm } from "./MarkForm.tsx";
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
        {hasUnread && <ReadAll fetcher={fetcher} />}
      </div>
      {fetcher.data?.problem && <ProblemNotice problem={fetcher.data.problem} />}
      {!latest.ok && <Unavailable what="Your notifications" problem={latest.problem} />}
      {latest.ok && items.length === 0 && (
        <p className="text-ink-soft">Nothing yet. New notifications appear here automatically.</p>
      )}
      <ul className="rows">
        {items.map((notification) => (
          <Line key={notification.id} notification={notification} isMarking={fetcher.formData !== undefined} />
        ))}
      </ul>
      <p className="mt-4 border-t border-line pt-4 text-center">
        <TextLink to={PAGE}>See all notifications</TextLink>
      </p>
    </>
  );
}

/** Its button is gone: whoever uses the keyboard goes on from the heading. */
function useFocusAfter({ state, data }: Fetcher) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (state === "idle" && data && document.activeElement === document.body) heading.current?.focus();
  }, [state, data]);
  return heading;
}

/** What is being marked shows as read at once, also with all others; the server's answer follows. */
function Line({ notification, isMarking }: { notification: Notification; isMarking: boolean }) {
  const { read_at, created_at } = notification;
  const mark = useMark(isMarking ? { ...notification, read_at: read_at ?? created_at } : notification);
  return (
    <li className="flex items-start justify-between gap-2">
      <div className="min-w-0 flex-1">
        <NotificationText notification={mark.shown} brief />
        {mark.problem && <ProblemNotice problem={mark.problem} />}
      </div>
      <div className="-my-2 -mr-2">
        <MarkForm mark={mark} brief />
      </div>
    </li>
  );
}

function ReadAll({ fetcher }: { fetcher: Fetcher }) {
  return (
    <fetcher.Form method="post" action={PAGE} className="-my-2 -mr-2 shrink-0">
      <input type="hidden" name="then" value="stay" />
      <button type="submit" name="intent" value="read-all" className={buttonClass("quiet", "px-2.5 text-sm")}>
        Mark all as read
      </button>
    </fetcher.Form>
  );
}
