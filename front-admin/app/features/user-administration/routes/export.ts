/** The users that the list shows, as a file. */
import { sessionOf } from "@dashboard/front/session/middleware.server.ts";
import { A_PAGE, csvFile } from "@dashboard/front/table/csv.server.ts";
import { searchIn } from "../list.ts";
import { userColumns } from "../ui/UserTable.tsx";
import { listUsers } from "../user-administration.server.ts";
import type { Route } from "./+types/export";

export function loader({ context, url }: Route.LoaderArgs) {
  const session = sessionOf(context);
  const search = searchIn(url.searchParams);
  const page = (cursor: string | null) => listUsers(session, { ...search, cursor, limit: A_PAGE });
  return csvFile({ name: "users", columns: userColumns([]), page });
}
