import { part } from "@dashboard/front/api/part.server.ts";
import { sessionOf } from "@dashboard/front/session/middleware.server.ts";
import { buttonClass } from "@dashboard/front/ui/button.tsx";
import { Card, PageHeader } from "@dashboard/front/ui/card.tsx";
import { Empty } from "@dashboard/front/ui/empty.tsx";
import { Icon } from "@dashboard/front/ui/icon.ts";
import { Pagination } from "@dashboard/front/ui/pagination.tsx";
import { TextLink } from "@dashboard/front/ui/text-link.tsx";
import { Unavailable } from "@dashboard/front/ui/unavailable.tsx";
import Search from "lucide/dist/esm/icons/search.mjs";
import Users from "lucide/dist/esm/icons/users.mjs";
import { Form } from "react-router";
import { UserTable } from "../ui/UserTable.tsx";
import { listUsers, whoIsOnline } from "../user-administration.server.ts";
import type { Route } from "./+types/index";

const PAGE_SIZE = 25;

export const meta: Route.MetaFunction = () => [{ title: "Users · Tools Dashboard administration" }];

export async function loader({ context, url }: Route.LoaderArgs) {
  const q = url.searchParams.get("q")?.trim() ?? "";
  const cursor = url.searchParams.get("cursor");
  const session = sessionOf(context);
  const users = await part(listUsers(session, { q, cursor, limit: PAGE_SIZE }));
  return { q, users, online: users.ok ? await part(whoIsOnline(session, users.data.items)) : null };
}

export default function UsersPage({ loaderData: { q, users, online } }: Route.ComponentProps) {
  return (
    <>
      <PageHeader title="Users" aside={<SearchForm q={q} />}>
        Everybody who has registered, newest first.
      </PageHeader>
      <Card>
        <Found q={q} count={users.ok ? users.data.items.length : null} />
        {!users.ok && <Unavailable what="The users" problem={users.problem} />}
        {users.ok && users.data.items.length === 0 && (
          <Empty icon={Users} title={q ? `Nobody matches “${q}”` : "Nobody has registered yet"}>
            {q && <TextLink to="/users">Show everybody</TextLink>}
          </Empty>
        )}
        {users.ok && users.data.items.length > 0 && (
          <UserTable users={users.data.items} online={online?.ok ? online.data : []} />
        )}
        {users.ok && <Pagination next={users.data.next_cursor} label="User pages" />}
      </Card>
    </>
  );
}

/** Told to those who cannot see it, and shown where a search left something out. */
function Found({ q, count }: { q: string; count: number | null }) {
  return (
    <p aria-live="polite" className={q && count ? "mb-4 text-ink-soft" : "sr-only"}>
      {count === 1 ? "One user" : `${count ?? "No"} users`}
      {q && count ? (
        <>
          {` for “${q}” on this page. `}
          <TextLink to="/users">Show everybody</TextLink>
        </>
      ) : null}
    </p>
  );
}

function SearchForm({ q }: { q: string }) {
  return (
    <Form role="search" className="flex w-full gap-2 sm:w-auto">
      <input
        key={q}
        type="search"
        name="q"
        aria-label="Search by name or e-mail"
        placeholder="Name or e-mail"
        defaultValue={q}
        maxLength={100}
        className="control min-w-0 sm:w-64"
      />
      <button type="submit" className={buttonClass("primary", "shrink-0")}>
        <Icon of={Search} size={18} /> Search
      </button>
    </Form>
  );
}
