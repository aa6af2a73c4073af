import type { Notification } from "@dashboard/front/api/types.ts";
import { TextLink } from "@dashboard/front/ui/text-link.tsx";
import { When } from "@dashboard/front/ui/when.tsx";

/** `link` may come from anywhere in the system; only a path of ours becomes a link. */
export function NotificationText({ notification }: { notification: Notification }) {
  const { title, body, link, read_at, created_at } = notification;
  return (
    <div className="min-w-0">
      <p className="flex items-baseline gap-2 font-semibold">
        {!read_at && <span className="size-2 shrink-0 self-center rounded-full bg-accent" />}
        <span className="min-w-0 wrap-break-word">
          {!read_at && <span className="sr-only">Unread: </span>}
          {title}
        </span>
      </p>
      <p className="text-ink-soft wrap-break-word">{body}</p>
      <p className="mt-1 flex flex-wrap gap-x-4 text-sm text-ink-faint">
        <When at={created_at} />
        {link?.startsWith("/") && !link.startsWith("//") && (
          <TextLink to={link} aria-label={`Look at it: ${title}`}>
            Look at it
          </TextLink>
        )}
      </p>
    </div>
  );
}
