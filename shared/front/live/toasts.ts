/** Short news at the edge of the page. */
import { create } from "zustand";

export interface Toast {
  id: string;
  title: string;
  body?: string;
  link?: string | null;
}

const SHOWN_AT_ONCE = 3;

interface Toasts {
  toasts: Toast[];
  add(toast: Toast): void;
  dismiss(id: string): void;
}

export const useToasts = create<Toasts>((set) => ({
  toasts: [],
  add: (toast) =>
    set(({ toasts }) => ({ toasts: [...toasts.filter(({ id }) => id !== toast.id), toast].slice(-SHOWN_AT_ONCE) })),
  dismiss: (id) => set(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) })),
}));
