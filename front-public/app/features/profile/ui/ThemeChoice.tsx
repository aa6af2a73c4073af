import type { Theme } from "@dashboard/front/api/types.ts";
import { FIELD_LABELS } from "../fields.ts";

export const THEME_NAMES: Record<Theme, string> = { system: "System", light: "Light", dark: "Dark" };

export function ThemeChoice({ value }: { value: Theme }) {
  return (
    <fieldset>
      <legend className="mb-1.5 font-semibold">{FIELD_LABELS.theme}</legend>
      <div className="grid grid-cols-[repeat(auto-fit,minmax(5.75rem,1fr))] gap-2">
        {Object.entries(THEME_NAMES).map(([theme, name]) => (
          <label
            key={theme}
            className="flex min-h-11 cursor-pointer items-center gap-2 rounded-control border border-line-strong px-3 py-2 has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-3 has-focus-visible:outline-accent"
          >
            <input type="radio" name="theme" value={theme} defaultChecked={theme === value} className="size-4" />
            {name}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
