import { type RefObject, useEffect, useId, useRef } from "react";
import { useLocation } from "react-router";
import { useUnsaved } from "./unsaved.ts";

interface WatchedFormProps {
  form: RefObject<HTMLFormElement | null>;
  /** What it shows at first was typed before, and is not saved. */
  changed: boolean;
  /** The server has refused what was sent. */
  refused: boolean;
}

/** Knows whether `form` holds something else than it came with, or than when it was last saved. */
export function WatchedForm({ form: ref, changed, refused }: WatchedFormProps): null {
  const id = useId();
  const mark = useUnsaved((unsaved) => unsaved.mark);
  const { key } = useLocation();
  const saved = useRef<string | null>(null); // null: nothing of it yet
  const wasSent = useRef(false);
  useEffect(() => {
    const form = ref.current;
    if (!form) return;
    import("./unsaved-question.tsx").catch(() => {}); // it may be needed where there is no network
    const differs = () => (saved.current === null ? changed || isFilledIn(form) : contentOf(form) !== saved.current);
    saved.current = null;
    mark(id, differs()); // something may have been typed before this script ran
    const onInput = () => mark(id, differs());
    const onSubmit = () => {
      wasSent.current = true;
    };
    form.addEventListener("input", onInput);
    form.addEventListener("submit", onSubmit);
    return () => {
      form.removeEventListener("input", onInput);
      form.removeEventListener("submit", onSubmit);
      mark(id, false);
    };
  }, [ref, changed, id, mark]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the answer to a form is a new location
  useEffect(() => {
    const answered = wasSent.current;
    wasSent.current = false;
    if (!answered || refused || !ref.current) return;
    saved.current = contentOf(ref.current);
    mark(id, false);
  }, [key]);
  return null;
}

/** Whether it holds something else than what the page came with. */
function isFilledIn(form: HTMLFormElement): boolean {
  return [...form.elements].some((control) => {
    if (control instanceof HTMLSelectElement) {
      const came = [...control.options].findIndex(({ defaultSelected }) => defaultSelected);
      return control.selectedIndex !== Math.max(came, 0);
    }
    if (control instanceof HTMLTextAreaElement) return control.value !== control.defaultValue;
    if (!(control instanceof HTMLInputElement) || control.type === "hidden") return false;
    return control.checked !== control.defaultChecked || control.value !== control.defaultValue;
  });
}

/** All that somebody can have typed or chosen. */
function contentOf(form: HTMLFormElement): string {
  const entries = [...new FormData(form)];
  return JSON.stringify(entries.map(([name, value]) => [name, typeof value === "string" ? value : value.name]));
}
