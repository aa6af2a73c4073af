import { part } from "@dashboard/front/api/part.server.ts";
import type { Profile } from "@dashboard/front/api/types.ts";
import { unknownIntent } from "@dashboard/front/forms/intent.server.ts";
import { sessionOf } from "@dashboard/front/session/middleware.server.ts";
import { ButtonLink } from "@dashboard/front/ui/button.tsx";
import { Card, PageHeader } from "@dashboard/front/ui/card.tsx";
import { Empty } from "@dashboard/front/ui/empty.tsx";
import { Unavailable } from "@dashboard/front/ui/unavailable.tsx";
import { useAnswer } from "@dashboard/front/ui/use-answer.ts";
import UserRound from "lucide/dist/esm/icons/user-round.mjs";
import { dropAvatar, dropProfile, type Refused, saveAvatar, saveProfile } from "../actions.server.ts";
import { type Choices, profileChoices } from "../choices.server.ts";
import { readProfile } from "../profile.server.ts";
import { AvatarForm } from "../ui/AvatarForm.tsx";
import { Conflict } from "../ui/Conflict.tsx";
import { DeleteProfile } from "../ui/DeleteProfile.tsx";
import { EditForm } from "../ui/EditForm.tsx";
import { ProfileSummary } from "../ui/ProfileSummary.tsx";
import type { Route } from "./+types/view";

export const meta: Route.MetaFunction = () => [{ title: "Your profile · Tools Dashboard" }];

export async function loader({ context }: Route.LoaderArgs) {
  return { profile: await part(readProfile(sessionOf(context))), choices: profileChoices() };
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await request.formData();
  const session = sessionOf(context);
  const intent = form.get("intent");
  switch (intent) {
    case "save":
    case "overwrite":
      return saveProfile(session, form);
    case "avatar":
      return saveAvatar(session, form);
    case "remove-avatar":
      return dropAvatar(session, form);
    case "delete":
      return dropProfile(session, form);
    default:
      throw unknownIntent(intent);
  }
}

export default function ProfilePage({ loaderData: { profile, choices }, actionData }: Route.ComponentProps) {
  const refused = useAnswer(actionData);
  return (
    <>
      <PageHeader title="Your profile" />
      {!profile.ok && <Unavailable what="Your profile" problem={profile.problem} />}
      {profile.ok && !profile.data && <NoProfile />}
      {profile.ok && profile.data && <Panels profile={profile.data} choices={choices} refused={refused} />}
    </>
  );
}

function NoProfile() {
  return (
    <Empty icon={UserRound} title="You have no profile yet">
      <p className="mb-4">You only need a name to start.</p>
      <ButtonLink to="/app/profile/create" variant="primary">
        Create your profile
      </ButtonLink>
    </Empty>
  );
}

interface PanelsProps {
  profile: Profile;
  choices: Choices;
  refused: Refused | undefined;
}

function Panels({ profile, choices, refused }: PanelsProps) {
  const { fields, theirs } = refused ?? {};
  if (fields && theirs) return <Conflict mine={fields} theirs={theirs} />;
  return (
    <div className="grid gap-6">
      <ProfileSummary profile={profile} />
      <Card title="Edit">
        <EditForm profile={profile} choices={choices} refused={refused?.intent === "save" ? refused : undefined} />
      </Card>
      <Card title="Picture">
        <AvatarForm profile={profile} problem={refused?.intent.includes("avatar") ? refused.problem : undefined} />
      </Card>
      <DeleteProfile profile={profile} problem={refused?.intent === "delete" ? refused.problem : undefined} />
    </div>
  );
}
