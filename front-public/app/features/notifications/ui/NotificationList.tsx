import type { Notification, Problem } from "@dashboard/front/api/types.ts";
import { Button, SubmitButton } from "@dashboard/front/ui/button.tsx";
import { cx } from "@dashboard/front/ui/cx.ts";
import { Dialog } from "@dashboard/front/ui/dialog.tsx";
import { ProblemNotice } from "@dashboard/front/ui/form.tsx";
import { Icon } from "@dashboard/front/ui/icon.ts";
import Trash from "lucide/dist/esm/icons/trash.mjs";
import { Form } from "react-router";
import { useMark } from "../use-mark.ts";
import { MarkForm } from "./MarkForm.tsx";
import { NotificationText } from "./NotificationText.tsx";

interface NotificationListProps {
  items: Notification[];
  /** The one that could not be deleted, and why. */
  undeleted?: { id: string; problem: Problem | undefined };
  /** Called with what is being marked as read. */
  onRead?(notification: Notification): void;
}

export function NotificationList({ items, undeleted, onRead }: NotificationListProps) {
  return (
    <ul className="overflow-hidden rounded-card border border-line bg-surface shadow-card">
      {items.map((notification) => (
        <Row
          key={notification.id}
          notification={notification}
          problem={undeleted?.id === notification.id ? undeleted.problem : undefined}
          onRead={() => onRead?.(notification)}
        />
      ))}
    </ul>
  );
}

interface RowProps {
  notification: Notification;
  problem: Problem | undefined;
  onRead(): void;
}

function Row({ notification, problem, onRead }: RowProps) {
  const mark = useMark(notification);
  const { shown } = mark;
  return (
    <li
      className={cx(
        "notification flex flex-wrap items-start justify-between gap-x-3 gap-y-2 border-t border-line p-4 first:border-0 sm:flex-nowrap sm:p-5",
        !shown.read_at && "bg-accent-soft/30",
      )}
    >
      <div className="min-w-0 flex-1 basis-full">
        <NotificationText notification={shown} />
        {mark.problem && <ProblemNotice problem={mark.problem} />}
      </div>
      <div className="flex shrink-0 items-center max-sm:ml-1">
        <MarkForm mark={mark} onRead={onRead} />
        <Delete notification={notification} problem={problem} />
      </div>
    </li>
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
        <p>It’s removed from all your devices and can’t be restored.</p>
      </Dialog>
    </Form>
  );
}
