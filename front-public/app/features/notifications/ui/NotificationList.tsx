import type { Notification } from "@dashboard/front/api/types.ts";
import { buttonClass } from "@dashboard/front/ui/button.tsx";
import { cx } from "@dashboard/front/ui/cx.ts";
import { Icon } from "@dashboard/front/ui/icon.ts";
import { Check } from "@dashboard/front/ui/icons.ts";
import { Form } from "react-router";
import { NotificationText } from "./NotificationText.tsx";

export function NotificationList({ items }: { items: Notification[] }) {
  return (
    <ul className="overflow-hidden rounded-card border border-line bg-surface shadow-card">
      {items.map((notification) => (
        <li
          key={notification.id}
          className={cx(
            "notification flex flex-wrap items-start justify-between gap-3 border-t border-line p-4 first:border-0 sm:flex-nowrap sm:p-5",
            !notification.read_at && "bg-accent-soft/30",
          )}
        >
          <NotificationText notification={notification} />
          {!notification.read_at && <MarkRead notification={notification} />}
        </li>
      ))}
    </ul>
  );
}

function MarkRead({ notification }: { notification: Notification }) {
  return (
    <Form method="post" preventScrollReset>
      <input type="hidden" name="id" value={notification.id} />
      <button
        type="submit"
        name="intent"
        value="read"
        aria-label={`Mark as read: ${notification.title}`}
        className={buttonClass("quiet", "px-3 text-sm max-sm:ml-2")}
      >
        <Icon of={Check} size={16} /> Mark as read
      </button>
    </Form>
  );
}
