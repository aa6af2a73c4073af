import type { Part } from "@dashboard/front/api/problem.ts";
import { Card } from "@dashboard/front/ui/card.tsx";
import { TextLink } from "@dashboard/front/ui/text-link.tsx";
import { Unavailable } from "@dashboard/front/ui/unavailable.tsx";
import { When } from "@dashboard/front/ui/when.tsx";
import type { Activity } from "../activity.server.ts";

/** Whoever does not recognize a login looks at the sessions. */
export function RecentActivity({ activity }: { activity: Part<Activity[]> }) {
  return (
    <Card title="Recent activity" aside={<TextLink to="/app/settings">Your sessions</TextLink>}>
      {!activity.ok && <Unavailable what="Your activity" problem={activity.problem} />}
      {activity.ok && activity.data.length === 0 && (
        <p className="text-ink-soft">Your logins appear here a moment after they happen.</p>
      )}
      {activity.ok && (
        <ul className="rows">
          {activity.data.map(({ id, text, device, at }) => (
            <li key={id} className="flex flex-wrap items-baseline justify-between gap-x-4">
              <span>
                <strong>{text}</strong> · {device}
              </span>
              <span className="text-sm text-ink-faint">
                <When at={at} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
