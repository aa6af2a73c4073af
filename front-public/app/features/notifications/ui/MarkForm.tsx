import { buttonClass } from "@dashboard/front/ui/button.tsx";
import { Icon } from "@dashboard/front/ui/icon.ts";
import { useHydrated } from "@dashboard/front/ui/use-hydrated.ts";
import Check from "lucide/dist/esm/icons/check.mjs";
import Undo2 from "lucide/dist/esm/icons/undo-2.mjs";
import { PAGE } from "../news.ts";
import type { Mark } from "../use-mark.ts";

interface MarkFormProps {
  mark: Mark;
  /** In the bell, on any page: its icon alone. */
  brief?: boolean;
  onRead?(): void;
}

/** Marks as read, and then undoes it: one button, so that the focus stays where it was. Without JavaScript it marks as read. */
export function MarkForm({ mark, brief = false, onRead }: MarkFormProps) {
  const { fetcher, shown, canUndo, status } = mark;
  const isHydrated = useHydrated();
  if (shown.read_at && !canUndo) return null;
  const isBusy = fetcher.state !== "idle";
  const action = canUndo ? "Undo" : "Mark as read";
  const label = canUndo ? `Undo, mark as unread: ${shown.title}` : `Mark as read: ${shown.title}`;
  return (
    <fetcher.Form method="post" action={brief ? PAGE : undefined} className="shrink-0">
      <span role="status" className="sr-only">
        {status}
      </span>
      {isHydrated && <input type="hidden" name="then" value="stay" />}
      <input type="hidden" name="id" value={shown.id} />
      <button
        type="submit"
        name="intent"
        value={canUndo ? "unread" : "read"}
        aria-label={label}
        aria-disabled={isBusy || undefined}
        title={brief ? action : undefined}
        onClick={(event) => {
          if (isBusy) event.preventDefault();
          else if (!canUndo) onRead?.();
        }}
        className={buttonClass("quiet", brief ? "px-2.5 text-sm" : "px-3 text-sm")}
      >
        <Icon of={canUndo ? Undo2 : Check} size={brief ? 18 : 16} /> {!brief && action}
      </button>
    </fetcher.Form>
  );
}
