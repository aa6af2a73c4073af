import type { Theme } from "../api/types.ts";
import { useTheme } from "../root/theme.ts";
import { cx } from "../ui/cx.ts";
import { AppearanceForm } from "./appearance-form.tsx";

export const THEMES: { value: Theme; label: string }[] = [
  { value: "system", label: "System" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
];

/** Applies at once and is stored; the page stays as it is. */
export function ThemeSwitch() {
  const theme = useTheme();
  return (
    <AppearanceForm className="max-w-sm">
      <fieldset className="grid grid-cols-3 gap-1 rounded-control bg-sunken p-1">
        <legend className="sr-only">Theme</legend>
        {THEMES.map(({ value, label }) => (
          <button
            key={value}
            type="submit"
            name="theme"
            value={value}
            aria-pressed={theme === value}
            className={cx(
              "min-h-9 rounded-md border text-sm font-semibold",
              theme === value
                ? "border-line-strong bg-surface text-ink shadow-card"
                : "border-transparent text-ink-soft hover:text-ink",
            )}
          >
            {label}
          </button>
        ))}
      </fieldset>
    </AppearanceForm>
  );
}
