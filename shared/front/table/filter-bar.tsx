import { Form, Link, useLocation, useSearchParams } from "react-router";
import { fieldErrors } from "../api/problem.ts";
import type { Problem } from "../api/types.ts";
import { buttonClass } from "../ui/button.tsx";
import { SelectField, TextField } from "../ui/field.tsx";
import { TextLink } from "../ui/text-link.tsx";
import { chipsIn, type Filter } from "./filters.ts";
import { withParams } from "./view.ts";

/** Parameters that a search keeps although no field of the form shows them. */
const KEPT = ["sort", "density", "kind"];

interface FilterBarProps {
  /** What is filtered: the form's name for screen readers. */
  label: string;
  /** The text search, which is always in view. */
  search?: Filter;
  filters: readonly Filter[];
  /** Why the list was refused: the messages stand at their fields. */
  problem?: Problem;
}

/** One form for the search and all filters, and a chip for each filter that is on, which takes it out. Works without a script. */
export function FilterBar({ label, search, filters, problem }: FilterBarProps) {
  const [params] = useSearchParams();
  const all = search ? [search, ...filters] : filters;
  const chips = chipsIn(all, params);
  const { pathname } = useLocation();
  return (
    <div className="mb-4 grid gap-3">
      <Form role="search" aria-label={label} key={params.toString()} className="flex flex-wrap items-start gap-2">
        {KEPT.filter((name) => params.has(name)).map((name) => (
          <input key={name} type="hidden" name={name} value={params.get(name) ?? ""} />
        ))}
        {search && <SearchField search={search} value={params.get(search.name) ?? ""} />}
        {filters.length > 0 && <Fields filters={filters} params={params} problem={problem} />}
      </Form>
      {chips.length > 0 && (
        <ul aria-label="Filters that are on" className="flex flex-wrap items-center gap-2">
          {chips.map(({ name, label: title, value }) => (
            <li key={name}>
              <Link
                to={withParams(params, { [name]: null })}
                aria-label={`Remove the filter ${title}: ${value}`}
                className="chip flex min-h-8 max-w-full items-center gap-1.5 rounded-full bg-accent-soft px-3 text-sm font-semibold text-accent-strong no-underline hover:underline"
              >
                <span className="min-w-0 wrap-anywhere" dir="auto">{`${title}: ${value}`}</span>
                <span aria-hidden>×</span>
              </Link>
            </li>
          ))}
          {chips.length > 1 && (
            <li>
              <TextLink to={pathname} className="text-sm">
                Clear all
              </TextLink>
            </li>
          )}
        </ul>
      )}
    </div>
  );
}

function SearchField({ search: { name, label, placeholder, maxLength }, value }: { search: Filter; value: string }) {
  return (
    <>
      <input
        type="search"
        name={name}
        aria-label={label}
        placeholder={placeholder ?? label}
        defaultValue={value}
        maxLength={maxLength}
        dir="auto"
        className="control min-w-0 flex-1 sm:max-w-80"
      />
      <button type="submit" className={buttonClass("secondary", "shrink-0")}>
        Search
      </button>
    </>
  );
}

function Fields({
  filters,
  params,
  problem,
}: {
  filters: readonly Filter[];
  params: URLSearchParams;
  problem?: Problem;
}) {
  return (
    <details open={problem !== undefined} className="filters open:w-full">
      <summary className={buttonClass("secondary", "list-none [&::-webkit-details-marker]:hidden")}>Filter</summary>
      <div className="mt-3 grid gap-4 rounded-control border border-line bg-sunken/40 p-4 sm:grid-cols-2 lg:grid-cols-[repeat(auto-fit,minmax(11rem,1fr))]">
        {filters.map((filter) => (
          <FilterField
            key={filter.name}
            filter={filter}
            value={params.get(filter.name) ?? ""}
            errors={fieldErrors(problem, filter.name)}
          />
        ))}
        <button type="submit" className={buttonClass("primary", "self-end")}>
          Apply
        </button>
      </div>
    </details>
  );
}

function FilterField({ filter, value, errors }: { filter: Filter; value: string; errors: string[] }) {
  const { name, label, options, suggestions, type, placeholder, maxLength } = filter;
  const field = { name, label, defaultValue: value, errors };
  if (options) return <SelectField {...field} options={[{ value: "", label: "Any" }, ...options]} />;
  const list = suggestions && `${name}-suggestions`;
  return (
    <div>
      <TextField {...field} type={type ?? "text"} placeholder={placeholder} maxLength={maxLength} list={list} />
      {suggestions && (
        <datalist id={list}>
          {suggestions.map((suggestion) => (
            <option key={suggestion} value={suggestion} />
          ))}
        </datalist>
      )}
    </div>
  );
}
