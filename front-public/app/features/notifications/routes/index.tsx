import { attempt, part } from "@dashboard/front/api/part.server.ts";
import { text } from "@dashboard/front/forms/values.ts";
import { sessionOf } from "@dashboard/front/session/middleware.server.ts";
import { SubmitButton } from "@dashboard/front/ui/button.tsx";
import { PageHeader } from "@dashboard/front/ui/card.tsx";
import { Done } from "@dashboard/front/ui/done.tsx";
import { Empty } from "@dashboard/front/ui/empty.tsx";
import { ProblemNotice } from "@dashboard/front/ui/form.tsx";
import { BellOff } from "@dashboard/front/ui/icons.ts";
import { Pagination } from "@dashboard/front/ui/pagination.tsx";
import { Unavailable } from "@dashboard/front/ui/unavailable.tsx";
import { data, Form, redirect } from "react-router";
import { listNotifications, markAllRead, markRead } from "../notifications.server.ts";
import { NotificationList } from "../ui/NotificationList.tsx";
import type { Route } from "./+types/index";

const PAGE_SIZE = 20;

export const meta: Route.MetaFunction = () => [{ title: "Notifications · Tools Dashboard" }];

export async function loader({ context, url }: Route.LoaderArgs) {
  const cursor = url.searchParams.get("cursor");
  return { page: await part(listNotifications(sessionOf(context), { limit: PAGE_SIZE, cursor })) };
}

export async function action({ request, context, url }: Route.ActionArgs) {
  const form = await request.formData();
  const session = sessionOf(context);
  const isAll = form.get("intent") === "read-all";
  const result = await attempt(isAll ? markAllRead(session) : markRead(session, text(form, "id")));
  if (!result.ok) return data({ problem: result.problem }, { status: result.problem.status });
  if (isAll) throw redirect("/app/notifications?done=all-read");
  url.searchParams.set("done", "read");
  throw redirect(url.pathname + url.search);
}

export default function Notifications({ loaderData: { page }, actionData }: Route.ComponentProps) {
  const items = page.ok ? page.data.items : [];
  const hasUnread = items.some(({ read_at }) => !read_at);
  return (
    <>
      <PageHeader title="Notifications" aside={hasUnread && <ReadAll />}>
        News about your account, newest first. They arrive here by themselves.
      </PageHeader>
      {actionData ? (
        <div className="mb-6">
          <ProblemNotice problem={actionData.problem} />
        </div>
      ) : (
        <Done messages={{ read: "Marked as read.", "all-read": "All are marked as read." }} />
      )}
      {!page.ok && <Unavailable what="Your notifications" problem={page.problem} />}
      {page.ok && items.length === 0 && (
        <Empty icon={BellOff} title="Nothing here yet">
          When something happens to your account or your plan, you read it here first.
        </Empty>
      )}
      {items.length > 0 && <NotificationList items={items} />}
      {page.ok && <Pagination next={page.data.next_cursor} label="Notification pages" />}
    </>
  );
}

function ReadAll() {
  return (
    <Form method="post">
      <SubmitButton intent="read-all" variant="secondary">
        Mark all as read
      </SubmitButton>
    </Form>
  );
}
