import { text } from "@dashboard/front/forms/values.ts";
import { sessionOf } from "@dashboard/front/session/middleware.server.ts";
import { data } from "react-router";
import { EntryCard } from "../../../ui/EntryCard.tsx";
import { CheckYourMail } from "../ui/CheckYourMail.tsx";
import { RegisterForm } from "../ui/RegisterForm.tsx";
import { register } from "../user-registration.server.ts";
import type { Route } from "./+types/register";

export const meta: Route.MetaFunction = () => [{ title: "Register · Tools Dashboard" }];

export async function action({ request, context }: Route.ActionArgs) {
  const form = await request.formData();
  const values = { email: text(form, "email").trim(), name: text(form, "name").trim() };
  const name = values.name || undefined;
  const result = await register(sessionOf(context), { ...values, name, password: text(form, "password") });
  if (result.ok) return { sentTo: result.data.email };
  return data({ problem: result.problem, values }, { status: result.problem.status });
}

export default function Register({ actionData }: Route.ComponentProps) {
  if (actionData && "sentTo" in actionData) {
    return (
      <EntryCard title="Check your email">
        <CheckYourMail email={actionData.sentTo} />
      </EntryCard>
    );
  }
  return (
    <EntryCard title="Create your account" lead="One account for your profile, plan and notifications.">
      <RegisterForm problem={actionData?.problem} values={actionData?.values} />
    </EntryCard>
  );
}
