import { attempt } from "@dashboard/front/api/part.server.ts";
import { redirectWithFlash } from "@dashboard/front/feedback/flash.server.ts";
import { unknownIntent } from "@dashboard/front/forms/intent.server.ts";
import { text } from "@dashboard/front/forms/values.ts";
import { may } from "@dashboard/front/session/identity.ts";
import { sessionOf } from "@dashboard/front/session/middleware.server.ts";
import { listed } from "@dashboard/front/table/list.server.ts";
import { NoList, Nothing } from "@dashboard/front/table/nothing.tsx";
import { Card, PageHeader } from "@dashboard/front/ui/card.tsx";
import { Pagination } from "@dashboard/front/ui/pagination.tsx";
import { useAnswer } from "@dashboard/front/ui/use-answer.ts";
import ReceiptText from "lucide/dist/esm/icons/receipt-text.mjs";
import { data } from "react-router";
import { listRuns, startRun } from "../billing.server.ts";
import { RunTable } from "../ui/RunTable.tsx";
import { StartRun } from "../ui/StartRun.tsx";
import type { Route } from "./+types/index";

const RUNS_A_PAGE = 25;
const STARTED = "Run started. See progress below.";

export const meta: Route.MetaFunction = () => [{ title: "Billing runs · Tools Dashboard administration" }];

export async function loader({ context, url }: Route.LoaderArgs) {
  const session = sessionOf(context);
  const cursor = url.searchParams.get("cursor");
  const runs = await listed(listRuns(session, { limit: RUNS_A_PAGE, cursor }));
  return { runs, mayStart: may(session.identity, "billing:run"), thisMonth: new Date().toISOString().slice(0, 7) };
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await request.formData();
  const intent = form.get("intent");
  if (intent !== "start" && intent !== "preview") throw unknownIntent(intent);
  const session = sessionOf(context);
  const period = text(form, "period");
  const result = await attempt(startRun(session, period, intent === "preview"));
  if (!result.ok) return data({ problem: result.problem, period }, { status: result.problem.status });
  throw redirectWithFlash(session, "/billing", STARTED);
}

export default function Billing({ loaderData: { runs, mayStart, thisMonth }, actionData }: Route.ComponentProps) {
  const refused = useAnswer(actionData);
  return (
    <>
      <PageHeader title="Billing runs" aside={mayStart && <StartRun thisMonth={thisMonth} refused={refused} />}>
        A run issues one invoice for each subscription that is due. One starts automatically every month.
      </PageHeader>
      <Card>
        {!runs.ok && <NoList what="The billing runs" problem={runs.problem} names={["cursor"]} />}
        {runs.ok && runs.data.items.length === 0 && (
          <Nothing icon={ReceiptText} title="No runs yet" narrowed={null}>
            Start with a preview: it counts what is due and issues nothing.
          </Nothing>
        )}
        {runs.ok && runs.data.items.length > 0 && <RunTable runs={runs.data.items} />}
        {runs.ok && <Pagination next={runs.data.next_cursor} label="Run pages" />}
      </Card>
    </>
  );
}
