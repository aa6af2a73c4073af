import { type ReactNode, useEffect, useState } from "react";
import { Form } from "react-router";
import { useHydrated } from "../ui/use-hydrated.ts";

const BOX = "size-5 align-middle";

/** The boxes of a list: for all rows of the page, and for one. */
export interface Selection<Row> {
  all: ReactNode;
  one: (row: Row) => ReactNode;
}

interface SelectionOf<Row> {
  /** The `BulkBar` that the chosen rows are sent with, each as `id`. */
  form: string;
  idOf: (row: Row) => string;
  labelOf: (row: Row) => string;
}

export function selectionOf<Row>({ form, idOf, labelOf }: SelectionOf<Row>): Selection<Row> {
  return {
    all: <SelectAll form={form} />,
    one: (row) => (
      <input
        type="checkbox"
        form={form}
        name="id"
        value={idOf(row)}
        aria-label={`Select ${labelOf(row)}`}
        className={BOX}
      />
    ),
  };
}

function boxesOf(form: string): HTMLInputElement[] {
  const found = document.getElementById(form);
  if (!(found instanceof HTMLFormElement)) return [];
  const boxes = [...found.elements].filter(
    (element) => element instanceof HTMLInputElement && element.type === "checkbox" && element.name,
  );
  return boxes as HTMLInputElement[];
}

/** Needs a script; without one each row is chosen by itself. */
function SelectAll({ form }: { form: string }) {
  const hydrated = useHydrated();
  const chosen = useChosen(form);
  if (!hydrated) return <span className="sr-only">Selected</span>;
  const all = chosen.count > 0 && chosen.count === chosen.of;
  const onChange = () => {
    for (const box of boxesOf(form)) box.checked = !all;
    document.dispatchEvent(new Event(CHANGED));
  };
  return (
    <input
      type="checkbox"
      aria-label="Select all rows of this page"
      checked={all}
      ref={(box) => {
        if (box) box.indeterminate = chosen.count > 0 && !all;
      }}
      onChange={onChange}
      className={BOX}
    />
  );
}

const CHANGED = "selection-changed";

/** How many rows are chosen now, of how many. */
function useChosen(form: string) {
  const [chosen, setChosen] = useState({ count: 0, of: 0 });
  useEffect(() => {
    const count = () => {
      const boxes = boxesOf(form);
      setChosen({ count: boxes.filter(({ checked }) => checked).length, of: boxes.length });
    };
    count();
    for (const event of ["change", CHANGED]) document.addEventListener(event, count);
    return () => {
      for (const event of ["change", CHANGED]) document.removeEventListener(event, count);
    };
  }, [form]);
  return chosen;
}

interface BulkBarProps {
  form: string;
  /** What is chosen: `letters`. */
  what: string;
  /** Hidden fields and the buttons. */
  children: ReactNode;
}

/** The form of the chosen rows. With a script it shows while some are chosen; without one it is always there. */
export function BulkBar({ form, what, children }: BulkBarProps) {
  const hydrated = useHydrated();
  const { count } = useChosen(form);
  return (
    <Form
      id={form}
      method="post"
      preventScrollReset
      hidden={hydrated && count === 0}
      aria-label={`Selected ${what}`}
      className="sticky bottom-4 z-10 mt-4 max-lg:bottom-[calc(4.5rem+env(safe-area-inset-bottom))] flex flex-wrap items-center gap-3 rounded-control border border-line-strong bg-surface p-3 shadow-raised [[hidden]]:hidden"
    >
      <p aria-live="polite" className="mr-auto font-semibold">
        {hydrated ? `${count} selected` : `Selected ${what}`}
      </p>
      {children}
    </Form>
  );
}
