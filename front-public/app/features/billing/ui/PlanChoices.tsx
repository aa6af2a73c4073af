import { fieldErrors } from "@dashboard/front/api/problem.ts";
import type { Currency, Interval, Plan, Problem } from "@dashboard/front/api/types.ts";
import { SelectField, TextField } from "@dashboard/front/ui/field.tsx";
import { optionsOf } from "@dashboard/front/ui/select.tsx";
import { useHydrated } from "@dashboard/front/ui/use-hydrated.ts";
import { PreferencesContext } from "@dashboard/front/ui/when.tsx";
import { useContext } from "react";
import { INTERVALS, MOST_SEATS, perPeriod, type Terms, totalOf } from "../terms.ts";

interface PlanChoicesProps {
  plan: Plan;
  terms: Omit<Terms, "plan">;
  /** Those to choose from; a running subscription keeps its own. */
  currencies: Currency[];
  problem: Problem | undefined;
  onChange: (terms: Omit<Terms, "plan">) => void;
}

/** Seats, billing period and currency, with what they come to. */
export function PlanChoices({ plan, terms, currencies, problem, onChange }: PlanChoicesProps) {
  return (
    <>
      <div className="grid grid-cols-2 gap-4 min-[26rem]:grid-cols-[3fr_5fr_4fr]">
        <TextField
          label="Seats"
          name="seats"
          type="number"
          min={1}
          max={MOST_SEATS}
          required
          defaultValue={terms.seats}
          onChange={({ target }) => onChange({ ...terms, seats: Number(target.value) })}
          errors={fieldErrors(problem, "seats")}
        />
        <SelectField
          label="Billing period"
          name="interval"
          options={optionsOf(INTERVALS)}
          defaultValue={terms.interval}
          onChange={({ target }) => onChange({ ...terms, interval: target.value as Interval })}
          errors={fieldErrors(problem, "interval")}
        />
        {currencies.length > 1 ? (
          <SelectField
            label="Currency"
            name="currency"
            defaultValue={terms.currency}
            options={currencies.map((name) => ({ value: name, label: name }))}
            onChange={({ target }) => onChange({ ...terms, currency: target.value as Currency })}
            errors={fieldErrors(problem, "currency")}
          />
        ) : (
          <input type="hidden" name="currency" value={terms.currency} />
        )}
      </div>
      <Total plan={plan} terms={terms} />
    </>
  );
}

/** Follows each choice; without JavaScript the review shows it. */
function Total({ plan, terms }: Pick<PlanChoicesProps, "plan" | "terms">) {
  const { locale } = useContext(PreferencesContext);
  const total = totalOf(plan, terms);
  if (!useHydrated()) return null;
  return (
    <p className="total flex min-h-6 items-baseline justify-between gap-4 border-t border-line pt-3">
      <span className="text-ink-soft">Total</span>
      <output className="font-semibold tabular-nums">{total === null ? "–" : perPeriod(total, terms, locale)}</output>
    </p>
  );
}
