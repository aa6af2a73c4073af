/** The actions of the forms of the bell and of the list. */
import { attempt } from "@dashboard/front/api/part.server.ts";
import { unknownIntent } from "@dashboard/front/forms/intent.server.ts";
import { text } from "@dashboard/front/forms/values.ts";
import { safeNext } from "@dashboard/front/session/next.ts";
import type { UserSession } from "@dashboard/front/session/session.server.ts";
import { data, redirect } from "react-router";
import { deleteNotification, markAllRead, markRead } from "./notifications.server.ts";

const DONE: Record<string, string> = { read: "read", "read-all": "all-read", delete: "deleted" };

/** Back to the page at `url` with what was done; the bell's forms (`then=stay`) leave the page as it is. */
export async function change(session: UserSession, form: FormData, url: URL) {
  const intent = text(form, "intent");
  const result = await attempt(perform(session, intent, text(form, "id")));
  if (!result.ok) return data({ problem: result.problem }, { status: result.problem.status });
  if (form.get("then") === "stay") return { problem: undefined };
  url.searchParams.set("done", DONE[intent] ?? "");
  throw redirect(safeNext(url.pathname + url.search, "/app/notifications"));
}

function perform(session: UserSession, intent: string, id: string): Promise<void> {
  switch (intent) {
    case "read":
      return markRead(session, id);
    case "read-all":
      return markAllRead(session);
    case "delete":
      return deleteNotification(session, id);
    default:
      throw unknownIntent(intent);
  }
}
