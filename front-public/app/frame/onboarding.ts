/** The first steps of a new account. What cannot be read right now counts as done: nobody is sent to do it again. */
import type { Part } from "@dashboard/front/api/problem.ts";
import type { NotificationPreferences, Profile, Subscription, User } from "@dashboard/front/api/types.ts";

export interface Step {
  /** What is to be done, or was done. */
  title: string;
  why: string;
  link: { to: string; label: string };
  done: boolean;
}

interface Known {
  me: Part<User>;
  profile: Part<Profile | null>;
  subscription: Part<Subscription | null>;
  preferences: Part<NotificationPreferences>;
}

/** All of them, in the order in which they are best done; none once all are done. */
export function firstSteps({ me, profile, subscription, preferences }: Known): Step[] {
  const steps = [
    step(!me.ok || Boolean(me.data.email_verified_at), {
      open: [
        "Confirm your email address",
        "Open the link in the email we sent you. Paid plans need a confirmed address.",
      ],
      closed: "Email address confirmed",
      link: { to: "/verify-email", label: "Get a new link" },
    }),
    step(!profile.ok || profile.data !== null, {
      open: ["Create your profile", "Add your name, time zone and language."],
      closed: "Profile created",
      link: { to: "/app/profile/create", label: "Create your profile" },
    }),
    step(!subscription.ok || subscription.data?.state === "active", {
      open: ["Choose a plan", "Start with Free. You can change it at any time."],
      closed: "Plan chosen",
      link: { to: "/app/billing", label: "Choose a plan" },
    }),
    step(!preferences.ok || preferences.data.version > 0, {
      open: ["Choose your notifications", "Decide what reaches you, where and when."],
      closed: "Notifications chosen",
      link: { to: "/app/settings", label: "Choose your notifications" },
    }),
  ];
  return steps.every(({ done }) => done) ? [] : steps;
}

interface Words {
  open: [title: string, why: string];
  closed: string;
  link: Step["link"];
}

const step = (done: boolean, { open: [title, why], closed, link }: Words): Step => ({
  title: done ? closed : title,
  why,
  link,
  done,
});

/** The sentence below the greeting. */
export function greeting(parts: Part<unknown>[], steps: Step[], unread: number): string {
  if (parts.every(({ ok }) => !ok)) return "Nothing is lost. Your dashboard comes back automatically.";
  const left = steps.filter(({ done }) => !done).length;
  if (left === 4) return "Welcome! Four quick steps to get started.";
  if (left > 0)
    return left === 1 ? "One step left to set up your account." : `${left} steps left to set up your account.`;
  if (unread > 0)
    return unread === 1 ? "You have one unread notification." : `You have ${unread} unread notifications.`;
  return "You’re all caught up.";
}
