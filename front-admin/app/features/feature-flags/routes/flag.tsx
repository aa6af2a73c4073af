import { part } from "@dashboard/front/api/part.server.ts";
import { sessionOf } from "@dashboard/front/session/middleware.server.ts";
import type { Named } from "@dashboard/front/shell/breadcrumb.tsx";
import { Card, PageHeader } from "@dashboard/front/ui/card.tsx";
import { Pagination } from "@dashboard/front/ui/pagination.tsx";
import { TextLink } from "@dashboard/front/ui/text-link.tsx";
import { Unavailable } from "@dashboard/front/ui/unavailable.tsx";
import { useAnswer } from "@dashboard/front/ui/use-answer.ts";
import { type Refused, saveFlag } from "../actions.server.ts";
import { readFlag, readHistory } from "../feature-flags.server.ts";
import { FlagForm } from "../ui/FlagForm.tsx";
import { FlagHistory } from "../ui/FlagHistory.tsx";
import type { Route } from "./+types/flag";

const CHANGES_A_PAGE = 10;

export const meta: Route.MetaFunction = ({ params }) => [
  { title: `${params.name} · Feature flags · Tools Dashboard administration` },
];

export const handle: Named = { crumb: ({ params }) => params.name };

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const session = sessionOf(context);
  const cursor = url.searchParams.get("cursor");
  const [flag, history] = await Promise.all([
    part(readFlag(session, params.name)),
    part(readHistory(session, params.name, { limit: CHANGES_A_PAGE, cursor })),
  ]);
  return { flag, history };
}

export async function action({ request, context, params }: Route.ActionArgs) {
  return saveFlag(sessionOf(context), params.name, await request.formData());
}

export default function FlagPage({ loaderData: { flag, history }, actionData, params }: Route.ComponentProps) {
  const refused = useAnswer<Refused>(actionData);
  return (
    <>
      <PageHeader title={params.name} aside={<TextLink to="/feature-flags">All flags</TextLink>}>
        Who has the feature behind this flag.
      </PageHeader>
      <div className="grid gap-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)] lg:items-start">
        <Card title="Change">
          {flag.ok ? (
            <FlagForm key={flag.data.version} flag={flag.data} refused={refused} />
          ) : (
            <Unavailable what="The flag" problem={flag.problem} />
          )}
        </Card>
        <Card title="History">
          {history.ok ? (
            <FlagHistory history={history.data} />
          ) : (
            <Unavailable what="The history" problem={history.problem} />
          )}
          {history.ok && <Pagination next={history.data.next_cursor} label="History pages" />}
        </Card>
      </div>
    </>
  );
}
