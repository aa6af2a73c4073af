import { buttonClass } from "@dashboard/front/ui/button.tsx";
import { Icon } from "@dashboard/front/ui/icon.ts";
import { Select } from "@dashboard/front/ui/select.tsx";
import Search from "lucide/dist/esm/icons/search.mjs";
import { Form } from "react-router";

export const SLOWER_THAN = [0, 50, 100, 250, 500, 1_000, 3_000];

/** Narrows the list; it works without JavaScript as well. */
export function Filters({ failed, slowerThan }: { failed: boolean; slowerThan: number }) {
  return (
    <Form className="mb-5 flex flex-wrap items-end gap-x-5 gap-y-3" key={`${failed} ${slowerThan}`}>
      <label className="grid gap-1 text-sm font-semibold">
        Took at least
        <Select
          name="slower"
          options={SLOWER_THAN.map((milliseconds) => ({ value: `${milliseconds}`, label: duration(milliseconds) }))}
          defaultValue={`${slowerThan}`}
          className="w-40 text-base font-normal"
        />
      </label>
      <label className="flex min-h-11 items-center gap-2">
        <input type="checkbox" name="failed" value="true" defaultChecked={failed} className="size-5" />
        Failed only
      </label>
      <button type="submit" className={buttonClass("secondary")}>
        Show
      </button>
    </Form>
  );
}

export function FindTrace({ id = "" }: { id?: string }) {
  return (
    <Form role="search" action="/traces" className="flex w-full gap-2 sm:w-auto">
      <input
        key={id}
        type="search"
        name="id"
        aria-label="Find by correlation id"
        placeholder="Correlation id"
        defaultValue={id}
        maxLength={64}
        required
        className="control min-w-0 sm:w-80"
      />
      <button type="submit" className={buttonClass("primary", "shrink-0")}>
        <Icon of={Search} size={18} /> Find
      </button>
    </Form>
  );
}

function duration(milliseconds: number): string {
  if (milliseconds === 0) return "any time";
  return milliseconds < 1_000 ? `${milliseconds} ms` : `${milliseconds / 1_000} s`;
}
