import { buttonClass } from "@dashboard/front/ui/button.tsx";
import { Form } from "react-router";

export function FindTrace({ id = "" }: { id?: string }) {
  return (
    <Form role="search" action="/traces" className="flex w-full gap-2 lg:w-auto">
      <input
        key={id}
        type="search"
        name="id"
        aria-label="Find by correlation ID"
        placeholder="Correlation ID"
        defaultValue={id}
        maxLength={64}
        required
        className="control min-w-0 lg:w-80"
      />
      <button type="submit" className={buttonClass("primary", "shrink-0")}>
        Find
      </button>
    </Form>
  );
}
