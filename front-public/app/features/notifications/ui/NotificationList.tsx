import type { Notification, Problem } from "@dashboard/front/api/types.ts";
import { Button, buttonClass, SubmitButton } from "@dashboard/front/ui/button.tsx";
import { cx } from "@dashboard/front/ui/cx.ts";
import { Dialog } from "@dashboard/front/ui/dialog.tsx";
import { Icon } from "@dashboard/front/ui/icon.ts";
import { useHydrated } from "@dashboard/front/ui/use-hydrated.ts";
import Check from "lucide/dist/esm/icons/check.mjs";
import Trash from "lucide/dist/esm/icons/trash.mjs";
import { useEffect, useRef } from "react";
import { Form, useFetcher } from "react-router";
import { NotificationText } from "./NotificationText.tsx";

interface NotificationListProps {
  items: Notification[];
  /** The one that could not be deleted, and why. */
  undeleted?: { id: string; problem: Problem | undefined };
}

export function NotificationList({ items, undeleted }: NotificationListProps) {
  return (
    <ul className="overflow-hidden rounded-card border border-line bg-surface shadow-card">
      {items.map((notification) => (
        <Row
          key={notification.id}
          notification={notification}
          problem={undeleted?.id === notification.id ? undeleted.problem : undefined}
        />
      ))}
    </ul>
  );
}

/** Shows as read at once what is being marked; the server's answer follows. */
function Row({ notification, problem }: { notification: Notification; problem: Problem | undefined }) {
  const fetcher = useFetcher();
  const row = useRef<HTMLLIElement>(null);
  const { read_at, created_at } = notification;
  const shown = fetcher.formData ? { ...notification, read_at: read_at ?? created_at } : notification;
  useEffect(() => {
    if (fetcher.formData) row.current?.focus(); // its button is gone
  }, [fetcher.formData]);
  return (
    <li
      ref={row}
      tabIndex={-1}
      className={cx(
        "notification flex flex-wrap items-start justify-between gap-x-3 gap-y-2 border-t border-line p-4 first:border-0 sm:flex-nowrap sm:p-5",
        !shown.read_at && "bg-accent-soft/30",
      )}
    >
      <NotificationText notification={shown} />
      <div className="flex shrink-0 items-center max-sm:ml-1">
        {!shown.read_at && <MarkRead notification={notification} fetcher={fetcher} />}
        <Delete notification={notification} problem={problem} />
      </div>
    </li>
  );
}

function MarkRead({ notification, fetcher }: { notification: Notification; fetcher: ReturnType<typeof useFetcher> }) {
  return (
    <fetcher.Form method="post">
      {useHydrated() && <input type="hidden" name="then" value="stay" />}
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
    </fetcher.Form>
  );
}

function Delete({ notification: { id, title }, problem }: { notification: Notification; problem?: Problem }) {
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
        title={`Delete “${title}”?`}
        dismiss="Keep"
        problem={problem}
        actions={
          <SubmitButton intent="delete" variant="danger" pending="Deleting …">
            Delete notification
          </SubmitButton>
        }
      >
        <p>It disappears for good, on all your devices.</p>
      </Dialog>
    </Form>
  );
}
