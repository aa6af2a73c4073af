import { attempt } from "@dashboard/front/api/part.server.ts";
import { redirectWithFlash } from "@dashboard/front/feedback/flash.server.ts";
import { sessionOf } from "@dashboard/front/session/middleware.server.ts";
import { readTheme } from "@dashboard/front/session/theme.server.ts";
import type { Named } from "@dashboard/front/shell/breadcrumb.tsx";
import { SubmitButton } from "@dashboard/front/ui/button.tsx";
import { Card, PageHeader } from "@dashboard/front/ui/card.tsx";
import { GuardedForm } from "@dashboard/front/ui/form.tsx";
import { useAnswer } from "@dashboard/front/ui/use-answer.ts";
import { data, redirect } from "react-router";
import { readMe } from "../../account/account.server.ts";
import { MESSAGES } from "../actions.server.ts";
import { profileChoices } from "../choices.server.ts";
import { NEW_PROFILE, readFields } from "../fields.ts";
import { createProfile, readProfile } from "../profile.server.ts";
import { ProfileFieldset } from "../ui/ProfileFieldset.tsx";
import type { Route } from "./+types/create";

export const meta: Route.MetaFunction = () => [{ title: "Create your profile · Tools Dashboard" }];

export const handle: Named = { crumb: "Create" };

/** When back-api is down the form still shows; sending it then says so and keeps what was typed. */
export async function loader({ context }: Route.LoaderArgs) {
  const session = sessionOf(context);
  const [known, me] = await Promise.all([attempt(readProfile(session)), attempt(readMe(session))]);
  if (known.ok && known.data) throw redirect("/app/profile");
  return { choices: profileChoices(), name: (me.ok && me.data.name) || "" };
}

export async function action({ request, context }: Route.ActionArgs) {
  const fields = readFields(await request.formData());
  const session = sessionOf(context);
  const result = await attempt(createProfile(session, { ...fields, theme: readTheme(session) }));
  if (result.ok) throw redirectWithFlash(session, "/app/profile", MESSAGES.created);
  return data({ problem: result.problem, fields }, { status: result.problem.status });
}

export default function CreateProfile({ loaderData, actionData }: Route.ComponentProps) {
  const answer = useAnswer(actionData);
  return (
    <>
      <PageHeader title="Create your profile">Your name, language and time zone.</PageHeader>
      <Card className="max-w-2xl">
        <GuardedForm guard problem={answer?.problem} className="grid gap-5">
          <ProfileFieldset
            fields={answer?.fields ?? { ...NEW_PROFILE, name: loaderData.name }}
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
