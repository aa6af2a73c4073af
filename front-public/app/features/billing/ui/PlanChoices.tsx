import type { Currency, Subscription } from "@dashboard/front/api/types.ts";
import { SelectField, TextField } from "@dashboard/front/ui/field.tsx";

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
      <SelectField label="Billed by" name="interval" defaultValue={current?.interval ?? "month"}>
        <option value="month">Month</option>
        <option value="year">Year</option>
      </SelectField>
      {current ? (
        <input type="hidden" name="currency" value={current.currency} />
      ) : (
        <SelectField
          label="Currency"
          name="currency"
          defaultValue={currency}
          onChange={({ target }) => onCurrency(target.value as Currency)}
        >
          {currencies.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </SelectField>
      )}
    </div>
  );
}
