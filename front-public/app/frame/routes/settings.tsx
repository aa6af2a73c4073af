import { part } from "@dashboard/front/api/part.server.ts";
import type { Problem } from "@dashboard/front/api/types.ts";
import { featureRegistry } from "@dashboard/front/features/feature-registry.server.ts";
import { unknownIntent } from "@dashboard/front/forms/intent.server.ts";
import { sessionOf } from "@dashboard/front/session/middleware.server.ts";
import { ThemeSwitch } from "@dashboard/front/shell/theme-switch.tsx";
import { Card, PageHeader } from "@dashboard/front/ui/card.tsx";
import { ProblemNotice } from "@dashboard/front/ui/form.tsx";
import { Pagination } from "@dashboard/front/ui/pagination.tsx";
import { Unavailable } from "@dashboard/front/ui/unavailable.tsx";
import { useAnswer } from "@dashboard/front/ui/use-answer.ts";
import {
  type RefusedChoices,
  readPreferences,
  savePreferences,
} from "../../features/notification-preferences/notification-preferences.server.ts";
import { NotificationChoices } from "../../features/notification-preferences/ui/NotificationChoices.tsx";
import { endSession } from "../../features/sessions/actions.server.ts";
import { listLoginEvents, listSessions } from "../../features/sessions/sessions.server.ts";
import { LoginEvents } from "../../features/sessions/ui/LoginEvents.tsx";
import { SessionList } from "../../features/sessions/ui/SessionList.tsx";
import { useFrame } from "../data.ts";
import type { Route } from "./+types/settings";

const EVENTS_A_PAGE = 10;

export const meta: Route.MetaFunction = () => [{ title: "Settings · Tools Dashboard" }];

export async function loader({ context, url }: Route.LoaderArgs) {
  const session = sessionOf(context);
  const cursor = url.searchParams.get("cursor");
  const hasSessions = await featureRegistry.isEnabled("sessions");
  const [preferences, sessions, events] = await Promise.all([
    part(readPreferences(session)),
    hasSessions ? part(listSessions(session)) : null,
    hasSessions ? part(listLoginEvents(session, { limit: EVENTS_A_PAGE, cursor })) : null,
  ]);
  return { preferences, sessions, events };
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await request.formData();
  const session = sessionOf(context);
  const intent = form.get("intent");
  switch (intent) {
    case "notifications":
      return savePreferences(session, form);
    case "revoke":
      return endSession(session, form);
    default:
      throw unknownIntent(intent);
  }
}

const atChoices = (refused: Refused): refused is RefusedChoices => "intent" in refused;
type Refused = RefusedChoices | { problem: Problem };

export default function Settings({ loaderData, actionData }: Route.ComponentProps) {
  const { preferences, sessions, events } = loaderData;
  const frame = useFrame();
  const profile = frame?.profile.ok ? frame.profile.data : undefined;
  const answer = useAnswer<Refused>(actionData);
  const refused = answer && atChoices(answer) ? answer : undefined;
  return (
    <>
      <PageHeader title="Settings">Appearance, notifications and active sessions.</PageHeader>
      {answer && !refused && (
        <div className="mb-6">
          <ProblemNotice problem={answer.problem} />
        </div>
      )}
      <div className="grid gap-6">
        <Card title="Appearance">
          <ThemeSwitch />
        </Card>
        <Card title="Notifications" id="notifications">
          {preferences.ok ? (
            <NotificationChoices stored={preferences.data} refused={refused} timeZone={profile?.time_zone ?? null} />
          ) : (
            <Unavailable what="Your notification settings" problem={preferences.problem} />
          )}
        </Card>
        {sessions && (
          <Card title="Active sessions">
            {sessions.ok ? (
              <SessionList sessions={sessions.data} />
            ) : (
              <Unavailable what="Your sessions" problem={sessions.problem} />
            )}
          </Card>
        )}
        {events && (
          <Card title="Recent logins">
            {events.ok ? (
              <LoginEvents events={events.data.items} />
            ) : (
              <Unavailable what="Your logins" problem={events.problem} />
            )}
            {events.ok && <Pagination next={events.data.next_cursor} label="Login pages" />}
          </Card>
        )}
      </div>
    </>
  );
}
