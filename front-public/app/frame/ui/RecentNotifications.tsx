import type { Part } from "@dashboard/front/api/problem.ts";
import type { Notification, Page } from "@dashboard/front/api/types.ts";
import { Card } from "@dashboard/front/ui/card.tsx";
import { TextLink } from "@dashboard/front/ui/text-link.tsx";
import { Unavailable } from "@dashboard/front/ui/unavailable.tsx";
import { NotificationText } from "../../features/notifications/ui/NotificationText.tsx";

const RECENT = 3;

export function RecentNotifications({ latest }: { latest: Part<Page<Notification>> }) {
  return (
    <Card title="Recent notifications" aside={<TextLink to="/app/notifications">See all</TextLink>}>
      {!latest.ok && <Unavailable what="Your notifications" problem={latest.problem} />}
      {latest.ok && latest.data.items.length === 0 && (
        <p className="text-ink-soft">Nothing yet. New notifications appear here automatically.</p>
      )}
      {latest.ok && (
        <ul className="rows">
          {latest.data.items.slice(0, RECENT).map((notification) => (
            <li key={notification.id}>
              <NotificationText notification={notification} brief />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
