import type { Problem } from "@dashboard/front/api/types.ts";
import { FlashMessage } from "@dashboard/front/feedback/flash.tsx";
import { text } from "@dashboard/front/forms/values.ts";
import { settings } from "@dashboard/front/server/settings.ts";
import { readIdentity } from "@dashboard/front/session/identity.ts";
import { begin, discard, logIn } from "@dashboard/front/session/login.server.ts";
import { sessionOf } from "@dashboard/front/session/middleware.server.ts";
import { safeNext } from "@dashboard/front/session/next.ts";
import { LoginFields } from "@dashboard/front/ui/login-fields.tsx";
import { Logo } from "@dashboard/front/ui/logo.tsx";
import { data, redirect } from "react-router";
import { isAdministrator } from "../../../frame/administrators.ts";
import type { Route } from "./+types/login";

const NOT_AN_ADMINISTRATOR: Problem = {
  type: "urn:tools-dashboard:problem:forbidden",
  title: "Administrators only",
  status: 403,
  detail: "This account has no access to the administration.",
};

export const meta: Route.MetaFunction = () => [{ title: "Log in · Tools Dashboard administration" }];

export function loader({ context, url }: Route.LoaderArgs) {
  const next = safeNext(url.searchParams.get("next"), "/");
  if (isAdministrator(sessionOf(context).identity)) throw redirect(next);
  const dashboard = `${settings().publicUrl}/app`;
  return { next, dashboard };
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

export default function Login({ loaderData: { next, dashboard }, actionData }: Route.ComponentProps) {
  return (
    <main id="main" tabIndex={-1} className="wall grid min-h-screen place-items-center px-4 py-10">
      <div className="w-full max-w-md rounded-card border border-line border-t-4 border-t-accent bg-surface px-5 py-8 shadow-raised sm:px-9 sm:py-10">
        <Logo suffix="admin" />
        <h1 className="mt-6 text-3xl">Administration</h1>
        <p className="mt-2 mb-6 text-ink-soft">Staff only</p>
        <FlashMessage className="mb-5" />
        <LoginFields next={next} problem={actionData?.problem} email={actionData?.email} />
        {actionData?.problem.type === NOT_AN_ADMINISTRATOR.type && (
          <p className="mt-5 text-ink-soft">
            <a href={dashboard} className="font-semibold text-accent underline underline-offset-3">
              Go to your own dashboard
            </a>
          </p>
        )}
      </div>
    </main>
  );
}
