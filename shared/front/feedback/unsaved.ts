/** Forms of this page that hold something unsaved. */
import { create } from "zustand";

interface Unsaved {
  forms: ReadonlySet<string>;
  mark(form: string, isChanged: boolean): void;
}

export const useUnsaved = create<Unsaved>((set) => ({
  forms: new Set(),
  mark: (form, isChanged) =>
    set(({ forms }) => {
      if (forms.has(form) === isChanged) return {};
      return { forms: new Set(isChanged ? [...forms, form] : [...forms].filter((other) => other !== form)) };
    }),
}));
