/** The actions of the forms of the bell and of the list. */
import { attempt } from "@dashboard/front/api/part.server.ts";
import { redirectWithFlash } from "@dashboard/front/feedback/flash.server.ts";
import { unknownIntent } from "@dashboard/front/forms/intent.server.ts";
import { text } from "@dashboard/front/forms/values.ts";
import { safeNext } from "@dashboard/front/session/next.ts";
import type { UserSession } from "@dashboard/front/session/session.server.ts";
import { data, redirect } from "react-router";
import { deleteNotification, markAllRead, markRead, markUnread } from "./notifications.server.ts";

const DELETED = "Notification deleted.";

/** Back to the page at `url`, which shows what was read by itself; the bell's forms (`then=stay`) leave the page as it is. */
export async function change(session: UserSession, form: FormData, url: URL) {
  const intent = text(form, "intent");
  const id = text(form, "id");
  const result = await attempt(perform(session, intent, id));
  if (!result.ok) return data({ problem: result.problem, intent, id }, { status: result.problem.status });
  if (form.get("then") === "stay") return { problem: undefined, intent, id };
  const back = safeNext(url.pathname + url.search, "/app/notifications");
  throw intent === "delete" ? redirectWithFlash(session, back, DELETED) : redirect(back);
}

function perform(session: UserSession, intent: string, id: string): Promise<void> {
  switch (intent) {
    case "read":
      return markRead(session, id);
    case "unread":
      return markUnread(session, id);
    case "read-all":
      return markAllRead(session);
    case "delete":
      return deleteNotification(session, id);
    default:
      throw unknownIntent(intent);
  }
}
