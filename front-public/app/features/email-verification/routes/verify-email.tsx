/** Where the link of a mail leads, and where another one can be asked for. A mail scanner that opens it changes nothing. */
import { part } from "@dashboard/front/api/part.server.ts";
import type { Part } from "@dashboard/front/api/problem.ts";
import { redirectWithFlash } from "@dashboard/front/feedback/flash.server.ts";
import { unknownIntent } from "@dashboard/front/forms/intent.server.ts";
import { text } from "@dashboard/front/forms/values.ts";
import { sessionOf } from "@dashboard/front/session/middleware.server.ts";
import { loginPath } from "@dashboard/front/session/next.ts";
import type { UserSession } from "@dashboard/front/session/session.server.ts";
import { ButtonLink } from "@dashboard/front/ui/button.tsx";
import { ProblemNotice } from "@dashboard/front/ui/form.tsx";
import { data, redirect } from "react-router";
import { EntryCard } from "../../../ui/EntryCard.tsx";
import { readMe } from "../../account/account.server.ts";
import { confirmEmail, requestLink } from "../email-verification.server.ts";
import { ConfirmForm } from "../ui/ConfirmForm.tsx";
import { LinkForm } from "../ui/LinkForm.tsx";
import type { Route } from "./+types/verify-email";

const TITLE = "Confirm your email address";

export const meta: Route.MetaFunction = () => [{ title: `${TITLE} · Tools Dashboard` }];

const CONFIRMED = "Your email address is confirmed.";
const SENT = "A new link is on its way. It replaces earlier ones.";

export async function loader({ context, url }: Route.LoaderArgs) {
  const session = sessionOf(context);
  const me = session.identity ? await part(readMe(session)) : null;
  const account = me?.ok ? me.data : null;
  return {
    token: url.searchParams.get("token"),
    loggedIn: session.identity !== null,
    email: account?.email,
    verified: Boolean(account?.email_verified_at),
  };
}

export async function action({ request, context, url }: Route.ActionArgs) {
  const form = await request.formData();
  const session = sessionOf(context);
  const intent = form.get("intent");
  switch (intent) {
    case "confirm":
      return answer(session, await confirmEmail(session, text(form, "token")), CONFIRMED);
    case "resend":
      if (!session.identity) throw redirect(loginPath(url));
      return answer(session, await requestLink(session), SENT);
    default:
      throw unknownIntent(intent);
  }
}

function answer(session: UserSession, result: Part<unknown>, message: string) {
  if (!result.ok) return data({ problem: result.problem }, { status: result.problem.status });
  throw redirectWithFlash(session, session.identity ? "/verify-email" : "/login", message);
}

export default function VerifyEmail({ loaderData, actionData }: Route.ComponentProps) {
  const { token, loggedIn, email, verified } = loaderData;
  const problem = actionData?.problem;
  const isInvalid = problem?.status === 422;
  return (
    <EntryCard title={TITLE}>
      {problem && !(isInvalid && verified) && <ProblemNotice problem={problem} />}
      {verified ? (
        <Confirmed email={email} />
      ) : token && !isInvalid ? (
        <ConfirmForm token={token} />
      ) : (
        <LinkForm email={email} loggedIn={loggedIn} />
      )}
    </EntryCard>
  );
}

function Confirmed({ email }: { email?: string }) {
  return (
    <>
      <p className="text-ink-soft">
        <strong className="wrap-anywhere">{email}</strong> is confirmed. You can choose any plan.
      </p>
      <ButtonLink to="/app" variant="primary">
        Go to your dashboard
      </ButtonLink>
    </>
  );
}
