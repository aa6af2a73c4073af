import { attempt } from "@dashboard/front/api/part.server.ts";
import { sessionOf } from "@dashboard/front/session/middleware.server.ts";
import { SubmitButton } from "@dashboard/front/ui/button.tsx";
import { Card, PageHeader } from "@dashboard/front/ui/card.tsx";
import { GuardedForm } from "@dashboard/front/ui/form.tsx";
import { useAnswer } from "@dashboard/front/ui/use-answer.ts";
import { data, redirect } from "react-router";
import { profileChoices } from "../choices.server.ts";
import { NEW_PROFILE, readFields } from "../fields.ts";
import { createProfile, readProfile } from "../profile.server.ts";
import { ProfileFieldset } from "../ui/ProfileFieldset.tsx";
import type { Route } from "./+types/create";

export const meta: Route.MetaFunction = () => [{ title: "Create your profile · Tools Dashboard" }];

/** When back-api is down the form still shows; sending it then says so and keeps what was typed. */
export async function loader({ context }: Route.LoaderArgs) {
  const known = await attempt(readProfile(sessionOf(context)));
  if (known.ok && known.data) throw redirect("/app/profile");
  return { choices: profileChoices() };
}

export async function action({ request, context }: Route.ActionArgs) {
  const fields = readFields(await request.formData());
  const result = await attempt(createProfile(sessionOf(context), fields));
  if (result.ok) throw redirect("/app/profile?done=created");
  return data({ problem: result.problem, fields }, { status: result.problem.status });
}

export default function CreateProfile({ loaderData, actionData }: Route.ComponentProps) {
  const answer = useAnswer(actionData);
  return (
    <>
      <PageHeader title="Create your profile">
        This is how the dashboard addresses you, and when your day starts.
      </PageHeader>
      <Card className="max-w-2xl">
        <GuardedForm problem={answer?.problem} className="grid gap-5">
          <ProfileFieldset
            fields={answer?.fields ?? NEW_PROFILE}
            problem={answer?.problem}
            choices={loaderData.choices}
            guessTimeZone={!answer}
          />
          <div>
            <SubmitButton pending="Creating …">Create profile</SubmitButton>
          </div>
        </GuardedForm>
      </Card>
    </>
  );
}
