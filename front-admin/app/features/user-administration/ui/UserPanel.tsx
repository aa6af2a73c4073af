import type { Part } from "@dashboard/front/api/problem.ts";
import { RowPanel } from "@dashboard/front/table/panel.tsx";
import { Unavailable } from "@dashboard/front/ui/unavailable.tsx";
import type { UserDetail } from "../user-administration.server.ts";
import { UserName, UserSheet } from "./UserSheet.tsx";

/** A user beside the list. */
export default function UserPanel({ id, detail }: { id: string; detail: Part<UserDetail> }) {
  return (
    <RowPanel id={id} to={`/users/${id}`} label="User">
      {detail.ok ? (
        <>
          <h2 className="mb-5 text-2xl">
            <UserName user={detail.data.user} />
          </h2>
          <UserSheet detail={detail.data} />
        </>
      ) : (
        <Unavailable what="The user" problem={detail.problem} />
      )}
    </RowPanel>
  );
}
