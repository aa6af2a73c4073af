import { part } from "@dashboard/front/api/part.server.ts";
import type { Problem } from "@dashboard/front/api/types.ts";
import { featureRegistry } from "@dashboard/front/features/feature-registry.server.ts";
import { unknownIntent } from "@dashboard/front/forms/intent.server.ts";
import { useRoot } from "@dashboard/front/root/data.ts";
import { sessionOf } from "@dashboard/front/session/middleware.server.ts";
import { SubmitButton } from "@dashboard/front/ui/button.tsx";
import { Card, PageHeader } from "@dashboard/front/ui/card.tsx";
import { Done } from "@dashboard/front/ui/done.tsx";
import { ProblemNotice } from "@dashboard/front/ui/form.tsx";
import { Pagination } from "@dashboard/front/ui/pagination.tsx";
import { Unavailable } from "@dashboard/front/ui/unavailable.tsx";
import { useAnswer } from "@dashboard/front/ui/use-answer.ts";
import { PreferencesContext } from "@dashboard/front/ui/when.tsx";
import { useContext } from "react";
import { Form } from "react-router";
import {
  type RefusedChoices,
  readPreferences,
  savePreferences,
} from "../../features/notification-preferences/notification-preferences.server.ts";
import { NotificationChoices } from "../../features/notification-preferences/ui/NotificationChoices.tsx";
import { chooseTheme } from "../../features/profile/actions.server.ts";
import { ThemeChoice } from "../../features/profile/ui/ThemeChoice.tsx";
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
    case "theme":
      return chooseTheme(session, form);
    case "notifications":
      return savePreferences(session, form);
    case "revoke":
      return endSession(session, form);
    default:
      throw unknownIntent(intent);
  }
}

const DONE = {
  ended: "That session is ended.",
  theme: "Your theme is set.",
  notifications: "Your choices about notifications are saved.",
};

const atChoices = (refused: Refused): refused is RefusedChoices => "intent" in refused;
type Refused = RefusedChoices | { problem: Problem };

export default function Settings({ loaderData, actionData }: Route.ComponentProps) {
  const { preferences, sessions, events } = loaderData;
  const { timeZone } = useContext(PreferencesContext);
  const answer = useAnswer<Refused>(actionData);
  const refused = answer && atChoices(answer) ? answer : undefined;
  return (
    <>
      <PageHeader title="Settings">How it looks, how you are told, and where you are logged in.</PageHeader>
      {!answer && <Done messages={DONE} />}
      {answer && !refused && (
        <div className="mb-6">
          <ProblemNotice problem={answer.problem} />
        </div>
      )}
      <div className="grid gap-6">
        <Appearance />
        <Card title="Notifications" id="notifications">
          {preferences.ok ? (
            <NotificationChoices stored={preferences.data} refused={refused} timeZone={timeZone} />
          ) : (
            <Unavailable what="Your choices about notifications" problem={preferences.problem} />
          )}
        </Card>
        {sessions && (
          <Card title="Where you are logged in">
            {sessions.ok ? (
              <SessionList sessions={sessions.data} />
            ) : (
              <Unavailable what="Your sessions" problem={sessions.problem} />
            )}
          </Card>
        )}
        {events && (
          <Card title="Recent sign-ins">
            {events.ok ? (
              <LoginEvents events={events.data.items} />
            ) : (
              <Unavailable what="Your sign-ins" problem={events.problem} />
            )}
            {events.ok && <Pagination next={events.data.next_cursor} label="Sign-in pages" />}
          </Card>
        )}
      </div>
    </>
  );
}

function Appearance() {
  const stored = useFrame()?.theme;
  const kept = useRoot()?.theme;
  const theme = stored ?? kept ?? "system";
  return (
    <Card title="Appearance">
      <Form method="post" className="grid max-w-lg gap-4">
        <ThemeChoice key={theme} value={theme} />
        <div>
          <SubmitButton intent="theme" variant="secondary">
            Use this theme
          </SubmitButton>
        </div>
      </Form>
    </Card>
  );
}
