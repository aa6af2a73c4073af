import { part } from "@dashboard/front/api/part.server.ts";
import { notifyTabs } from "@dashboard/front/live/tabs.ts";
import { sessionOf } from "@dashboard/front/session/middleware.server.ts";
import { SubmitButton } from "@dashboard/front/ui/button.tsx";
import { PageHeader } from "@dashboard/front/ui/card.tsx";
import { Empty } from "@dashboard/front/ui/empty.tsx";
import { ProblemNotice } from "@dashboard/front/ui/form.tsx";
import { Pagination } from "@dashboard/front/ui/pagination.tsx";
import { Unavailable } from "@dashboard/front/ui/unavailable.tsx";
import { useAnswer } from "@dashboard/front/ui/use-answer.ts";
import BellOff from "lucide/dist/esm/icons/bell-off.mjs";
import { Form } from "react-router";
import { useFrame } from "../../../frame/data.ts";
import { change } from "../actions.server.ts";
import { emptyText, readFilter } from "../filter.ts";
import { listNotifications } from "../notifications.server.ts";
import { FilterBar } from "../ui/FilterBar.tsx";
import { NotificationList } from "../ui/NotificationList.tsx";
import { useJustRead } from "../use-just-read.ts";
import type { Route } from "./+types/index";

const PAGE_SIZE = 20;

export const meta: Route.MetaFunction = () => [{ title: "Notifications · Tools Dashboard" }];

export async function loader({ context, url }: Route.LoaderArgs) {
  const filter = readFilter(url.searchParams);
  const cursor = url.searchParams.get("cursor");
  const search = { ...filter, limit: PAGE_SIZE, cursor };
  return { filter, page: await part(listNotifications(sessionOf(context), search)) };
}

export async function action({ request, context, url }: Route.ActionArgs) {
  return change(sessionOf(context), await request.formData(), url);
}

/** The other tabs show what was done here, live or not. */
export async function clientAction({ serverAction }: Route.ClientActionArgs) {
  try {
    return await serverAction();
  } finally {
    notifyTabs({ type: "changed" });
  }
}

export default function Notifications({ loaderData: { filter, page }, actionData }: Route.ComponentProps) {
  const answer = useAnswer(actionData);
  const undeleted = answer?.intent === "delete" ? answer : undefined;
  const problem = undeleted ? undefined : answer?.problem;
  const unread = useFrame()?.unread;
  const { shown, keep } = useJustRead(page.ok ? page.data.items : []);
  const hasUnread = shown.some(({ read_at }) => !read_at) || (unread?.ok && unread.data > 0);
  return (
    <>
      <PageHeader title="Notifications" aside={hasUnread && <ReadAll />}>
        About your account, newest first. New notifications appear here automatically.
      </PageHeader>
      {problem && (
        <div className="mb-6">
          <ProblemNotice problem={problem} />
        </div>
      )}
      <FilterBar filter={filter} />
      {!page.ok && <Unavailable what="Your notifications" problem={page.problem} />}
      {page.ok && shown.length === 0 && (
        <Empty icon={BellOff} title={emptyText(filter).title}>
          {emptyText(filter).text}
        </Empty>
      )}
      {shown.length > 0 && <NotificationList items={shown} undeleted={undeleted} onRead={keep} />}
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
