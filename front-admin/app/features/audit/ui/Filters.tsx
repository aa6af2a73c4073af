import { fieldErrors } from "@dashboard/front/api/problem.ts";
import { EVENT_FAMILIES, type Problem } from "@dashboard/front/api/types.ts";
import { buttonClass } from "@dashboard/front/ui/button.tsx";
import { TextField } from "@dashboard/front/ui/field.tsx";
import { TextLink } from "@dashboard/front/ui/text-link.tsx";
import { Form } from "react-router";
import { type AuditFilter, isNarrowed } from "../filter.ts";

const ACTION = "\\s*[A-Za-z][A-Za-z_]*(\\.[A-Za-z_]*)?\\s*";
const ID = "\\s*[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\\s*";

/** Narrows the list; it works without JavaScript as well. */
export function Filters({ filter, problem }: { filter: AuditFilter; problem?: Problem }) {
  const field = (name: keyof AuditFilter) => ({ name, defaultValue: filter[name], errors: fieldErrors(problem, name) });
  return (
    <Form role="search" aria-label="Audit log" className="mb-6 grid gap-4" key={JSON.stringify(filter)}>
      <div className="grid gap-4 sm:grid-cols-3">
        <TextField
          label="Action begins with"
          list="actions"
          maxLength={100}
          pattern={ACTION}
          placeholder="user"
          {...field("action")}
        />
        <TextField label="Done by" maxLength={36} pattern={ID} placeholder="User id" {...field("actor")} />
        <TextField label="Done to" maxLength={100} placeholder="Id" {...field("subject")} />
      </div>
      <div className="grid gap-4 sm:grid-cols-3">
        <TextField label="From" type="date" {...field("from")} />
        <TextField label="To" type="date" {...field("to")} />
        <div className="flex flex-wrap items-center gap-x-5 gap-y-2 self-end">
          <button type="submit" className={buttonClass("primary")}>
            Show
          </button>
          {isNarrowed(filter) && <TextLink to="/audit">Show all</TextLink>}
        </div>
      </div>
      <datalist id="actions">
        {EVENT_FAMILIES.map((family) => (
          <option key={family} value={family} />
        ))}
      </datalist>
    </Form>
  );
}
