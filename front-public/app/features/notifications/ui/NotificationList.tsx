import type { Notification } from "@dashboard/front/api/types.ts";
import { Button, buttonClass, SubmitButton } from "@dashboard/front/ui/button.tsx";
import { cx } from "@dashboard/front/ui/cx.ts";
import { Dialog } from "@dashboard/front/ui/dialog.tsx";
import { Icon } from "@dashboard/front/ui/icon.ts";
import Check from "lucide/dist/esm/icons/check.mjs";
import Trash from "lucide/dist/esm/icons/trash.mjs";
import { Form } from "react-router";
import { NotificationText } from "./NotificationText.tsx";

export function NotificationList({ items }: { items: Notification[] }) {
  return (
    <ul className="overflow-hidden rounded-card border border-line bg-surface shadow-card">
      {items.map((notification) => (
        <li
          key={notification.id}
          className={cx(
            "notification flex flex-wrap items-start justify-between gap-x-3 gap-y-2 border-t border-line p-4 first:border-0 sm:flex-nowrap sm:p-5",
            !notification.read_at && "bg-accent-soft/30",
          )}
        >
          <NotificationText notification={notification} />
          <div className="flex shrink-0 items-center max-sm:ml-1">
            {!notification.read_at && <MarkRead notification={notification} />}
            <Delete notification={notification} />
          </div>
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
        className={buttonClass("quiet", "px-3 text-sm")}
      >
        <Icon of={Check} size={16} /> Mark as read
      </button>
    </Form>
  );
}

function Delete({ notification: { id, title } }: { notification: Notification }) {
  const dialog = `delete-${id}`;
  return (
    <Form method="post" preventScrollReset>
      <input type="hidden" name="id" value={id} />
      <Button
        variant="quiet"
        command="show-modal"
        commandfor={dialog}
        aria-label={`Delete: ${title}`}
        className="px-3 text-sm"
      >
        <Icon of={Trash} size={16} />
        <span className="sm:hidden">Delete</span>
      </Button>
      <Dialog
        id={dialog}
        title="Delete this notification?"
        dismiss="Keep it"
        actions={
          <SubmitButton intent="delete" variant="danger" pending="Deleting …">
            Delete it
          </SubmitButton>
        }
      >
        <p className="wrap-break-word">“{title}” is gone for good, on all your devices.</p>
      </Dialog>
    </Form>
  );
}
