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
      open: ["Confirm your email address", "Open the link in our mail. You need it for a paid plan."],
      closed: "E-mail address confirmed",
      link: { to: "/verify-email", label: "Get a new link" },
    }),
    step(!profile.ok || profile.data !== null, {
      open: ["Create your profile", "Your name, time zone and language: everything else follows them."],
      closed: "Profile created",
      link: { to: "/app/profile/create", label: "Create your profile" },
    }),
    step(!subscription.ok || subscription.data?.state === "active", {
      open: ["Choose a plan", "The free one costs nothing, and you can change it at any time."],
      closed: "Plan chosen",
      link: { to: "/app/billing", label: "Choose a plan" },
    }),
    step(!preferences.ok || preferences.data.version > 0, {
      open: ["Choose your notifications", "What you want to hear about, where, and when not."],
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
  if (parts.every(({ ok }) => !ok)) return "Your dashboard can’t be shown right now. Nothing is lost; we keep trying.";
  const left = steps.filter(({ done }) => !done).length;
  if (left === 4) return "Welcome. Four short steps, and this page is yours.";
  if (left > 0)
    return left === 1 ? "One step is left to set up your account." : `${left} steps are left to set up your account.`;
  if (unread > 0)
    return unread === 1 ? "You have one unread notification." : `You have ${unread} unread notifications.`;
  return "Nothing needs you right now.";
}
