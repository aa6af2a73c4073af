/** A flag as its form holds it. */
import type { FeatureFlag, FlagRule, Problem } from "@dashboard/front/api/types.ts";
import { number } from "@dashboard/front/forms/fields.ts";
import { text } from "@dashboard/front/forms/values.ts";

export type FlagDraft = Pick<FeatureFlag, "enabled" | "percentage" | "rules" | "owner" | "expires_on"> & {
  reason: string;
};
type Attribute = FlagRule["attribute"];

export function readDraft(form: FormData): FlagDraft {
  return {
    enabled: text(form, "enabled") === "on",
    percentage: text(form, "percentage").trim() ? number(text(form, "percentage")) : ("" as never),
    rules: readRules(form),
    owner: text(form, "owner").trim(),
    expires_on: text(form, "expires_on"),
    reason: text(form, "reason").trim(),
  };
}

/** A rule for each attribute for which something is chosen. */
function readRules(form: FormData): FlagRule[] {
  const chosen: Record<Attribute, string[]> = {
    role: form.getAll("roles").map(String),
    plan: form.getAll("plans").map(String),
    user: text(form, "users")
      .split(/[\s,]+/)
      .filter(Boolean),
  };
  const attributes = Object.keys(chosen) as Attribute[];
  return attributes
    .filter((attribute) => chosen[attribute].length > 0)
    .map((attribute) => ({ attribute, values: chosen[attribute] }));
}

/** What the rules name of `attribute`. */
export function valuesOf(rules: FlagRule[], attribute: Attribute): string[] {
  return [...new Set(rules.filter((rule) => rule.attribute === attribute).flatMap(({ values }) => values))];
}

/** What the service refuses about the rules, whichever of them. */
export function ruleErrors(problem: Problem | undefined): string[] {
  const errors = (problem?.errors ?? []).filter(({ field }) => field.startsWith("rules"));
  return [...new Set(errors.map(({ message }) => message))];
}

/** Who has it, in words: `Off`, `Everybody`, `10 % of all users, and role support`. */
export function describeReach({ enabled, percentage, rules }: Pick<FeatureFlag, "enabled" | "percentage" | "rules">) {
  if (!enabled || (percentage === 0 && rules.length === 0)) return "Off";
  if (percentage === 100) return "Everybody";
  const named = rules.map(({ attribute, values }) => `${attribute} ${values.join(" or ")}`);
  const share = percentage > 0 ? [`${percentage} % of all users`] : [];
  return [...share, ...named].join(", and ");
}
