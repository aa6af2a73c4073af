import type { Currency, Subscription } from "@dashboard/front/api/types.ts";
import { SelectField, TextField } from "@dashboard/front/ui/field.tsx";
import { optionsOf } from "@dashboard/front/ui/select.tsx";

interface PlanChoicesProps {
  current: Subscription | null;
  currencies: Currency[];
  currency: Currency;
  onCurrency: (currency: Currency) => void;
}

/** Seats, interval and currency; the currency of a running subscription stays as it is. */
export function PlanChoices({ current, currencies, currency, onCurrency }: PlanChoicesProps) {
  return (
    <div className="grid grid-cols-2 gap-4 min-[26rem]:grid-cols-3">
      <TextField
        label="Seats"
        name="seats"
        type="number"
        min={1}
        max={1000}
        required
        defaultValue={current?.seats ?? 1}
      />
      <SelectField
        label="Billed by"
        name="interval"
        options={optionsOf({ month: "Month", year: "Year" })}
        defaultValue={current?.interval ?? "month"}
      />
      {current ? (
        <input type="hidden" name="currency" value={current.currency} />
      ) : (
        <SelectField
          label="Currency"
          name="currency"
          defaultValue={currency}
          options={currencies.map((name) => ({ value: name, label: name }))}
          onChange={({ target }) => onCurrency(target.value as Currency)}
        />
      )}
    </div>
  );
}
