import type { Notification } from "@dashboard/front/api/types.ts";
import { cx } from "@dashboard/front/ui/cx.ts";
import { TextLink } from "@dashboard/front/ui/text-link.tsx";
import { When } from "@dashboard/front/ui/when.tsx";
import { isOurs } from "../news.ts";
import { useRead } from "../use-read.ts";

interface NotificationTextProps {
  notification: Notification;
  /** Its first lines only, where all of it is one step away. */
  brief?: boolean;
}

/** Opening it reads it. */
export function NotificationText({ notification, brief }: NotificationTextProps) {
  const { id, title, body, link, read_at, created_at } = notification;
  const read = useRead();
  return (
    <div className="grid min-w-0 flex-1 basis-full grid-cols-[0.5rem_minmax(0,1fr)] gap-x-3">
      <span className={cx("mt-2 size-2 rounded-full", read_at ? "bg-line" : "bg-accent")} />
      <div>
        <p dir="auto" className="font-semibold wrap-break-word">
          {!read_at && <span className="sr-only">Unread: </span>}
          <bdi>{title}</bdi>
        </p>
        <p dir="auto" className={cx("whitespace-pre-line text-ink-soft wrap-break-word", brief && "line-clamp-3")}>
          {body}
        </p>
        <p className="mt-1 flex flex-wrap gap-x-4 text-sm text-ink-faint">
          <When at={created_at} />
          {isOurs(link) && (
            <TextLink to={link} aria-label={`Open: ${title}`} onClick={read_at ? undefined : () => read(id)}>
              Open
            </TextLink>
          )}
        </p>
      </div>
    </div>
  );
}
