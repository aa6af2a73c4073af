import { create } from "zustand";

interface ShellStore {
  /** Whether the code of the dialogs is here: until then links lead to pages. */
  ready: boolean;
  /** The dialog over the page. */
  dialog: "palette" | "shortcuts" | null;
  show(dialog: ShellStore["dialog"]): void;
}

export const useShellDialog = create<ShellStore>()((set) => ({
  ready: false,
  dialog: null,
  show: (dialog) => set({ dialog }),
}));
