import type { Problem } from "@dashboard/front/api/types.ts";
import { text } from "@dashboard/front/forms/values.ts";
import { readIdentity } from "@dashboard/front/session/identity.ts";
import { begin, discard, logIn } from "@dashboard/front/session/login.server.ts";
import { sessionOf } from "@dashboard/front/session/middleware.server.ts";
import { safeNext } from "@dashboard/front/session/next.ts";
import { LoginFields } from "@dashboard/front/ui/login-fields.tsx";
import { Logo } from "@dashboard/front/ui/logo.tsx";
import { Notice } from "@dashboard/front/ui/notice.tsx";
import { data, redirect } from "react-router";
import { isAdministrator } from "../../../frame/administrators.ts";
import type { Route } from "./+types/login";

const NOT_AN_ADMINISTRATOR: Problem = {
  type: "urn:tools-dashboard:problem:forbidden",
  title: "Administrators only",
  status: 403,
  detail: "This account is fine, but it is not an administrator's. Your own dashboard is on the public site.",
};

export const meta: Route.MetaFunction = () => [{ title: "Log in · Tools Dashboard administration" }];

export function loader({ context, url }: Route.LoaderArgs) {
  const next = safeNext(url.searchParams.get("next"), "/");
  if (isAdministrator(sessionOf(context).identity)) throw redirect(next);
  return { next, loggedOut: url.searchParams.get("done") === "logged-out" };
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await request.formData();
  const email = text(form, "email").trim();
  const session = sessionOf(context);
  const result = await logIn(session, email, text(form, "password"));
  if (!result.ok) return data({ problem: result.problem, email }, { status: result.problem.status });
  if (!isAdministrator(readIdentity(result.data.access_token))) {
    await discard(session, result.data);
    return data({ problem: NOT_AN_ADMINISTRATOR, email }, { status: 403 });
  }
  await begin(session, result.data);
  throw redirect(safeNext(form.get("next"), "/"));
}

export default function Login({ loaderData: { next, loggedOut }, actionData }: Route.ComponentProps) {
  return (
    <main id="main" tabIndex={-1} className="wall grid min-h-screen place-items-center px-4 py-10">
      <div className="w-full max-w-md rounded-card border border-line border-t-4 border-t-accent bg-surface px-5 py-8 shadow-raised sm:px-9 sm:py-10">
        <Logo suffix="admin" />
        <h1 className="mt-6 text-3xl">Administration</h1>
        <p className="mt-2 mb-6 text-ink-soft">For people who look after the others.</p>
        {loggedOut && !actionData && (
          <Notice tone="good" focus title="You are logged out." className="success-message mb-5" />
        )}
        <LoginFields next={next} problem={actionData?.problem} email={actionData?.email} />
      </div>
    </main>
  );
}
