import type { Session } from "@dashboard/front/api/types.ts";
import { Badge } from "@dashboard/front/ui/badge.tsx";
import { Button, SubmitButton } from "@dashboard/front/ui/button.tsx";
import { Dialog } from "@dashboard/front/ui/dialog.tsx";
import { Icon } from "@dashboard/front/ui/icon.ts";
import { When } from "@dashboard/front/ui/when.tsx";
import MonitorSmartphone from "lucide/dist/esm/icons/monitor-smartphone.mjs";
import { Form } from "react-router";
import { describeAgent } from "../user-agent.ts";

export function SessionList({ sessions }: { sessions: Session[] }) {
  return (
    <ul className="rows">
      {sessions.map((session) => (
        <li key={session.id} className="session flex flex-wrap items-center gap-x-4 gap-y-3">
          <Icon of={MonitorSmartphone} size={22} className="shrink-0 text-ink-faint" />
          <div className="min-w-0 flex-1">
            <p className="flex flex-wrap items-center gap-2 font-semibold">
              {describeAgent(session.user_agent)}
              {session.current && <Badge tone="good">This device</Badge>}
            </p>
            <p className="text-sm text-ink-faint">
              {session.ip && `${session.ip} · `}last used <When at={session.last_used_at} />
            </p>
          </div>
          {!session.current && <EndSession session={session} />}
        </li>
      ))}
    </ul>
  );
}

function EndSession({ session }: { session: Session }) {
  const dialog = `end-${session.id}`;
  const device = describeAgent(session.user_agent);
  return (
    <Form method="post">
      <input type="hidden" name="id" value={session.id} />
      <Button variant="quiet" command="show-modal" commandfor={dialog} aria-label={`Log out: ${device}`}>
        Log out
      </Button>
      <Dialog
        id={dialog}
        title={`Log out ${device}?`}
        actions={
          <SubmitButton intent="revoke" variant="danger" pending="Logging out …">
            Log out device
          </SubmitButton>
        }
      >
        <p>It is logged out within a second. Whoever uses it has to log in again.</p>
      </Dialog>
    </Form>
  );
}
