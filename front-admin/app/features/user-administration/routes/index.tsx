import { sessionOf } from "@dashboard/front/session/middleware.server.ts";
import { FilterBar } from "@dashboard/front/table/filter-bar.tsx";
import { chipsIn } from "@dashboard/front/table/filters.ts";
import { listed, tidy } from "@dashboard/front/table/list.server.ts";
import { NoList, Nothing } from "@dashboard/front/table/nothing.tsx";
import { Toolbar, Total } from "@dashboard/front/table/toolbar.tsx";
import { Card, PageHeader } from "@dashboard/front/ui/card.tsx";
import { loadLater } from "@dashboard/front/ui/load-later.ts";
import { Pagination } from "@dashboard/front/ui/pagination.tsx";
import Users from "lucide/dist/esm/icons/users.mjs";
import { Suspense } from "react";
import { useSearchParams } from "react-router";
import { FILTERS, NAMES, NEWEST_FIRST, SEARCH, searchIn } from "../list.ts";
import { UserTable } from "../ui/UserTable.tsx";
import { listUsers, readUser, whoIsOnline } from "../user-administration.server.ts";
import type { Route } from "./+types/index";

const PAGE_SIZE = 25;
const UserPanel = loadLater(() => import("../ui/UserPanel.tsx"));

export const meta: Route.MetaFunction = () => [{ title: "Users · Tools Dashboard administration" }];

export async function loader({ context, url }: Route.LoaderArgs) {
  tidy(url);
  const session = sessionOf(context);
  const show = url.searchParams.get("show");
  const search = { ...searchIn(url.searchParams), limit: PAGE_SIZE, count: "true" } as const;
  const [users, shown] = await Promise.all([listed(listUsers(session, search)), show ? readUser(session, show) : null]);
  const online = users.ok ? await listed(whoIsOnline(session, users.data.items)) : null;
  return { users, online: online?.ok ? online.data : [], shown, show };
}

export default function UsersPage({ loaderData: { users, online, shown, show } }: Route.ComponentProps) {
  const [params] = useSearchParams();
  const isNarrowed = chipsIn([SEARCH, ...FILTERS], params).length > 0;
  return (
    <>
      <PageHeader title="Users">Everyone who has registered.</PageHeader>
      <Card>
        <FilterBar label="Users" search={SEARCH} filters={FILTERS} problem={users.ok ? undefined : users.problem} />
        {!users.ok && <NoList what="The users" problem={users.problem} names={NAMES} />}
        {users.ok && (
          <>
            <Toolbar csv="/users/export.csv">
              <Total page={users.data} one="user" many="users" narrowed={isNarrowed} />
            </Toolbar>
            {users.data.items.length === 0 ? (
              <Nothing icon={Users} title="No users yet" narrowed={isNarrowed ? "No user matches" : null} />
            ) : (
              <UserTable users={users.data.items} online={online} sort={params.get("sort") ?? NEWEST_FIRST} />
            )}
            <Pagination next={users.data.next_cursor} label="User pages" />
          </>
        )}
      </Card>
      {show && shown && (
        <Suspense>
          <UserPanel id={show} detail={shown} />
        </Suspense>
      )}
    </>
  );
}
