import type { Part } from "@dashboard/front/api/problem.ts";
import type { Profile } from "@dashboard/front/api/types.ts";
import { Avatar } from "@dashboard/front/ui/avatar.tsx";
import { ButtonLink } from "@dashboard/front/ui/button.tsx";
import { Card } from "@dashboard/front/ui/card.tsx";
import { TextLink } from "@dashboard/front/ui/text-link.tsx";
import { Unavailable } from "@dashboard/front/ui/unavailable.tsx";

interface ProfileCardProps {
  profile: Part<Profile | null>;
  email: string | null;
}

export function ProfileCard({ profile, email }: ProfileCardProps) {
  if (!profile.ok) {
    return (
      <Card title="Profile">
        <Unavailable what="Your profile" problem={profile.problem} />
      </Card>
    );
  }
  if (!profile.data) {
    return (
      <Card title="Profile">
        <p className="mb-4 text-ink-soft">Add your name, picture and time zone.</p>
        <ButtonLink to="/app/profile/create" variant="primary">
          Create your profile
        </ButtonLink>
      </Card>
    );
  }
  const { name, display_name, bio, avatar_url } = profile.data;
  return (
    <Card title="Profile" aside={<TextLink to="/app/profile">Edit</TextLink>}>
      <div className="flex flex-wrap items-start gap-4">
        <Avatar name={display_name || name} url={avatar_url} size="large" />
        <div className="min-w-0 flex-1 basis-44">
          <p dir="auto" className="font-display text-xl font-semibold wrap-break-word">
            {display_name || name}
          </p>
          {email && <p className="text-sm text-ink-faint wrap-anywhere">{email}</p>}
          {bio && (
            <p dir="auto" className="mt-2 line-clamp-3 text-ink-soft wrap-break-word">
              {bio}
            </p>
          )}
        </div>
      </div>
    </Card>
  );
}
