import type { LoginEvent } from "@dashboard/front/api/types.ts";
import { Badge, type BadgeTone } from "@dashboard/front/ui/badge.tsx";
import { When } from "@dashboard/front/ui/when.tsx";
import { describeAgent } from "../user-agent.ts";

const OUTCOMES: Record<LoginEvent["outcome"], { tone: BadgeTone; text: string }> = {
  succeeded: { tone: "good", text: "Logged in" },
  failed: { tone: "warn", text: "Wrong password" },
  locked: { tone: "bad", text: "Locked out" },
};

export function LoginEvents({ events }: { events: LoginEvent[] }) {
  if (events.length === 0) return <p className="text-ink-soft">Your logins appear here a moment after they happen.</p>;
  return (
    <ul className="rows">
      {events.map(({ id, outcome, user_agent, ip, occurred_at }) => (
        <li key={id} className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
          <Badge tone={OUTCOMES[outcome].tone}>{OUTCOMES[outcome].text}</Badge>
          <span className="min-w-0 flex-1 basis-40">
            {describeAgent(user_agent)}
            {ip && <span className="text-ink-faint"> · {ip}</span>}
          </span>
          <span className="text-sm text-ink-faint">
            <When at={occurred_at} />
          </span>
        </li>
      ))}
    </ul>
  );
}
