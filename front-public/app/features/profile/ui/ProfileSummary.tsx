import type { Profile } from "@dashboard/front/api/types.ts";
import { displayed } from "@dashboard/front/forms/fields.ts";
import { Avatar } from "@dashboard/front/ui/avatar.tsx";
import { When } from "@dashboard/front/ui/when.tsx";
import { FIELD_LABELS, SUMMARIZED } from "../fields.ts";

export function ProfileSummary({ profile }: { profile: Profile }) {
  const { name, display_name, bio, avatar_url, time_zone, created_at } = profile;
  return (
    <section
      aria-label="At a glance"
      className="wall overflow-hidden rounded-card border border-line bg-sunken shadow-card"
    >
      <div className="mt-14 flex flex-wrap items-start gap-x-5 gap-y-3 bg-surface p-5 sm:p-6">
        <div className="-mt-14 rounded-full bg-surface p-1.5">
          <Avatar name={display_name || name} url={avatar_url} size="large" />
        </div>
        <div className="min-w-0 flex-1 basis-48">
          <h2 dir="auto" className="profile-name text-2xl wrap-break-word">
            {display_name || name}
          </h2>
          {display_name && (
            <p dir="auto" className="text-ink-soft wrap-break-word">
              {name}
            </p>
          )}
          <p className="text-sm text-ink-faint">
            {time_zone.replaceAll("_", " ")} · joined <When at={created_at} dateOnly />
          </p>
        </div>
        {bio && (
          <p dir="auto" className="w-full whitespace-pre-line text-ink-soft wrap-break-word">
            {bio}
          </p>
        )}
        {SUMMARIZED.some((field) => displayed(profile[field])) && <Details profile={profile} />}
      </div>
    </section>
  );
}

function Details({ profile }: { profile: Profile }) {
  return (
    <dl className="grid w-full gap-1">
      {SUMMARIZED.filter((name) => displayed(profile[name])).map((name) => (
        <div key={name} className="flex flex-wrap gap-x-2 wrap-break-word">
          <dt className="text-ink-faint">{FIELD_LABELS[name]}</dt>
          <dd>{displayed(profile[name])}</dd>
        </div>
      ))}
    </dl>
  );
}
