/** The newest attempts to log in, with their devices in words: made here, so that no other page carries the code for it. */
import type { Part } from "@dashboard/front/api/problem.ts";
import type { LoginEvent, Page } from "@dashboard/front/api/types.ts";
import { describeAgent } from "../features/sessions/user-agent.ts";

export interface Activity {
  id: string;
  text: string;
  device: string;
  at: string;
}

const OUTCOMES = { succeeded: "Logged in", failed: "Wrong password", locked: "Locked out" };

export function activityOf(logins: Part<Page<LoginEvent>>): Part<Activity[]> {
  if (!logins.ok) return logins;
  const items = logins.data.items.map(({ id, outcome, user_agent, occurred_at }) => ({
    id,
    text: OUTCOMES[outcome],
    device: describeAgent(user_agent),
    at: occurred_at,
  }));
  return { ok: true, data: items };
}
