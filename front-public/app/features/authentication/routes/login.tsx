import { text } from "@dashboard/front/forms/values.ts";
import { begin, logIn } from "@dashboard/front/session/login.server.ts";
import { sessionOf } from "@dashboard/front/session/middleware.server.ts";
import { safeNext } from "@dashboard/front/session/next.ts";
import { data, redirect } from "react-router";
import { EntryCard } from "../../../ui/EntryCard.tsx";
import { LoginForm } from "../../user-registration/ui/LoginForm.tsx";
import type { Route } from "./+types/login";

export const meta: Route.MetaFunction = () => [{ title: "Log in · Tools Dashboard" }];

export function loader({ context, url }: Route.LoaderArgs) {
  const next = safeNext(url.searchParams.get("next"), "/app");
  if (sessionOf(context).identity) throw redirect(next);
  return { next, wasSentHere: url.searchParams.has("next") };
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await request.formData();
  const email = text(form, "email").trim();
  const session = sessionOf(context);
  const result = await logIn(session, email, text(form, "password"));
  if (!result.ok) return data({ problem: result.problem, email }, { status: result.problem.status });
  await begin(session, result.data);
  throw redirect(safeNext(form.get("next"), "/app"));
}

export default function Login({ loaderData, actionData }: Route.ComponentProps) {
  const { next, wasSentHere } = loaderData;
  return (
    <EntryCard title="Welcome back" lead={wasSentHere ? "Log in to continue." : undefined}>
      <LoginForm next={next} problem={actionData?.problem} email={actionData?.email} />
    </EntryCard>
  );
}
