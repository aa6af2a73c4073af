/** Where the link of a mail leads, and where another one can be asked for. A mail scanner that opens it changes nothing. */
import { part } from "@dashboard/front/api/part.server.ts";
import type { Part } from "@dashboard/front/api/problem.ts";
import { unknownIntent } from "@dashboard/front/forms/intent.server.ts";
import { text } from "@dashboard/front/forms/values.ts";
import { sessionOf } from "@dashboard/front/session/middleware.server.ts";
import { loginPath } from "@dashboard/front/session/next.ts";
import { ButtonLink } from "@dashboard/front/ui/button.tsx";
import { Done } from "@dashboard/front/ui/done.tsx";
import { ProblemNotice } from "@dashboard/front/ui/form.tsx";
import { data, redirect } from "react-router";
import { EntryCard } from "../../../ui/EntryCard.tsx";
import { readMe } from "../../account/account.server.ts";
import { confirmEmail, requestLink } from "../email-verification.server.ts";
import { ConfirmForm } from "../ui/ConfirmForm.tsx";
import { LinkForm } from "../ui/LinkForm.tsx";
import type { Route } from "./+types/verify-email";

export const meta: Route.MetaFunction = () => [{ title: "Confirm your e-mail address · Tools Dashboard" }];

const TITLE = (
  <>
    Confirm your <span className="whitespace-nowrap">e-mail</span> address
  </>
);

const DONE = {
  confirmed: "Your e-mail address is confirmed.",
  sent: "A new link is on its way. It replaces earlier ones.",
};

export async function loader({ context, url }: Route.LoaderArgs) {
  const session = sessionOf(context);
  const me = session.identity ? await part(readMe(session)) : null;
  const account = me?.ok ? me.data : null;
  return {
    token: url.searchParams.get("token"),
    done: url.searchParams.get("done"),
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
      return answer(await confirmEmail(session, text(form, "token")), "confirmed");
    case "resend":
      if (!session.identity) throw redirect(loginPath(url));
      return answer(await requestLink(session), "sent");
    default:
      throw unknownIntent(intent);
  }
}

function answer(result: Part<unknown>, done: keyof typeof DONE) {
  if (!result.ok) return data({ problem: result.problem }, { status: result.problem.status });
  throw redirect(`/verify-email?done=${done}`);
}

export default function VerifyEmail({ loaderData, actionData }: Route.ComponentProps) {
  const { token, done, loggedIn, email, verified } = loaderData;
  const problem = actionData?.problem;
  const isInvalid = problem?.status === 422;
  return (
    <EntryCard title={TITLE}>
      {problem && !(isInvalid && verified) ? <ProblemNotice problem={problem} /> : <Done messages={DONE} />}
      {verified || done === "confirmed" ? (
        <Confirmed email={email} loggedIn={loggedIn} />
      ) : token && !isInvalid ? (
        <ConfirmForm token={token} />
      ) : (
        <LinkForm email={email} loggedIn={loggedIn} />
      )}
    </EntryCard>
  );
}

function Confirmed({ email, loggedIn }: { email?: string; loggedIn: boolean }) {
  return (
    <>
      <p className="text-ink-soft">
        {email ? <strong className="wrap-anywhere">{email}</strong> : "The address"} is confirmed: you can choose any
        plan.
      </p>
      <ButtonLink to={loggedIn ? "/app" : "/login"} variant="primary">
        {loggedIn ? "To your dashboard" : "Log in"}
      </ButtonLink>
    </>
  );
}
