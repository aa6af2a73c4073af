import { sessionOf } from "@dashboard/front/session/middleware.server.ts";
import { PageHeader } from "@dashboard/front/ui/card.tsx";
import { TextLink } from "@dashboard/front/ui/text-link.tsx";
import { Unavailable } from "@dashboard/front/ui/unavailable.tsx";
import { UserName, UserSheet } from "../ui/UserSheet.tsx";
import { readUser } from "../user-administration.server.ts";
import type { Route } from "./+types/user";

export const meta: Route.MetaFunction = ({ loaderData }) => {
  const user = loaderData?.detail.ok ? loaderData.detail.data.user : null;
  return [{ title: `${user ? user.name || user.email : "User"} · Tools Dashboard administration` }];
};

export async function loader({ context, params }: Route.LoaderArgs) {
  return { detail: await readUser(sessionOf(context), params.userId) };
}

export default function UserPage({ loaderData: { detail } }: Route.ComponentProps) {
  return (
    <>
      <PageHeader
        title={detail.ok ? <UserName user={detail.data.user} /> : "User"}
        aside={<TextLink to="/users">All users</TextLink>}
      />
      {detail.ok ? <UserSheet detail={detail.data} /> : <Unavailable what="The user" problem={detail.problem} />}
    </>
  );
}
