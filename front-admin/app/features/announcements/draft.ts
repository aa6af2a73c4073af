/** An announcement before it is sent: what the form holds. */
import type { Audience, PlanId, Problem, Role } from "@dashboard/front/api/types.ts";
import { text } from "@dashboard/front/forms/values.ts";
import { PLANS, ROLES } from "../../groups-of-users.ts";

export interface Draft {
  title: string;
  body: string;
  link: string | null;
  audience: Audience;
}

export const VERIFIED = { any: "All", yes: "Verified email address", no: "Unverified email address" };

/** Nothing chosen means everybody, and so does everything. */
export function readAudience(form: FormData): Audience {
  const verified = text(form, "verified");
  return {
    roles: some(form.getAll("roles") as Role[]),
    plans: some(form.getAll("plans") as PlanId[]),
    verified: verified === "yes" ? true : verified === "no" ? false : null,
  };
}

const some = <Value>(values: Value[]): Value[] | null => (values.length > 0 ? values : null);

export function readDraft(form: FormData): Draft {
  const title = text(form, "title").trim();
  // Browsers send line breaks as CR LF.
  const body = text(form, "body").replaceAll("\r\n", "\n").trim();
  return { title, body, link: text(form, "link").trim() || null, audience: readAudience(form) };
}

/** What is missing before anybody is asked how many it would reach. */
export function incomplete({ title, body }: Draft): Problem | null {
  const empty = Object.entries({ title, body }).filter(([, value]) => !value);
  if (empty.length === 0) return null;
  const errors = empty.map(([field]) => ({ field, message: `${field === "title" ? "Title" : "Text"} is required.` }));
  return { type: "about:blank", title: "Invalid", status: 422, errors };
}

/** Whom it is for, in words. */
export function describeAudience({ roles, plans, verified }: Audience): string {
  const parts = [
    roles?.map((role) => ROLES[role]).join(", ") ?? "Everybody",
    plans && `on plan ${plans.map((plan) => PLANS[plan]).join(" or ")}`,
    verified === true && "with a verified address",
    verified === false && "without a verified address",
  ].filter(Boolean);
  return parts.join(", ");
}

export const people = (count: number): string => (count === 1 ? "1 person" : `${count.toLocaleString("en")} people`);
