import { part } from "@dashboard/front/api/part.server.ts";
import { may } from "@dashboard/front/session/identity.ts";
import { sessionOf } from "@dashboard/front/session/middleware.server.ts";
import { Card, PageHeader } from "@dashboard/front/ui/card.tsx";
import { TextLink } from "@dashboard/front/ui/text-link.tsx";
import { Unavailable } from "@dashboard/front/ui/unavailable.tsx";
import { listRuns } from "../../features/billing/billing.server.ts";
import { RunCard } from "../../features/billing/ui/RunCard.tsx";
import { UserTable } from "../../features/user-administration/ui/UserTable.tsx";
import { listUsers } from "../../features/user-administration/user-administration.server.ts";
import type { Route } from "./+types/overview";

const NEWEST_USERS = 5;

export const meta: Route.MetaFunction = () => [{ title: "Overview · Tools Dashboard administration" }];

export async function loader({ context }: Route.LoaderArgs) {
  const session = sessionOf(context);
  const [users, runs] = await Promise.all([
    may(session.identity, "users:read") ? part(listUsers(session, { limit: NEWEST_USERS })) : null,
    may(session.identity, "billing:read") ? part(listRuns(session, { limit: 1 })) : null,
  ]);
  return { users, runs };
}

export default function Overview({ loaderData: { users, runs } }: Route.ComponentProps) {
  const lastRun = runs?.ok ? runs.data.items[0] : undefined;
  return (
    <>
      <PageHeader title="Overview">Who came last, and how the last billing run went.</PageHeader>
      <div className="grid gap-6">
        {users && (
          <Card title="Newest users" aside={<TextLink to="/users">All users</TextLink>}>
            {users.ok ? (
              <UserTable users={users.data.items} />
            ) : (
              <Unavailable what="The users" problem={users.problem} />
            )}
          </Card>
        )}
        {runs && (
          <section aria-labelledby="last-run">
            <div className="mb-4 flex flex-wrap items-baseline justify-between gap-4">
              <h2 id="last-run" className="text-xl">
                Last billing run
              </h2>
              <TextLink to="/billing">All runs</TextLink>
            </div>
            {!runs.ok && <Unavailable what="The billing runs" problem={runs.problem} />}
            {runs.ok && (lastRun ? <RunCard run={lastRun} /> : <p className="text-ink-soft">There was none yet.</p>)}
          </section>
        )}
      </div>
    </>
  );
}
