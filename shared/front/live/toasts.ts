/** Short news at the edge of the page. */
import { create } from "zustand";

export interface Toast {
  id: string;
  title: string;
  body?: string;
  link?: string | null;
  /** Called when its link is followed. */
  onOpen?(): void;
  /** Toasts of one bundle become a single one when there are several. */
  bundle?: Bundle;
}

export interface Bundle {
  name: string;
  /** The title of `count` of them. */
  title(count: number): string;
  link: string;
  /** The titles that a bundle stands for, newest last. */
  of?: string[];
}

const SHOWN_AT_ONCE = 3;
const NAMED = 3;

/** `toasts` with one more: the newest few, and what belongs together as one. */
export function withToast(toasts: Toast[], added: Toast): Toast[] {
  const others = toasts.filter(({ id }) => id !== added.id);
  const alike = added.bundle ? others.filter(({ bundle }) => bundle?.name === added.bundle?.name) : [];
  const shown = alike.length > 0 ? bundled([...alike, added]) : added;
  return [...others.filter((toast) => !alike.includes(toast)), shown].slice(-SHOWN_AT_ONCE);
}

function bundled(alike: Toast[]): Toast {
  const { bundle } = alike.at(-1) as Toast & { bundle: Bundle };
  const titles = alike.flatMap((toast) => toast.bundle?.of ?? [toast.title]);
  const named = titles.slice(-NAMED).reverse();
  const more = titles.length - named.length;
  const body = more > 0 ? `${named.join(" · ")} · and ${more} more` : named.join(" · ");
  const { title, link } = bundle;
  return { id: `bundle-${bundle.name}`, title: title(titles.length), body, link, bundle: { ...bundle, of: titles } };
}

interface Toasts {
  toasts: Toast[];
  add(toast: Toast): void;
  dismiss(id: string): void;
}

export const useToasts = create<Toasts>((set) => ({
  toasts: [],
  add: (toast) => set(({ toasts }) => ({ toasts: withToast(toasts, toast) })),
  dismiss: (id) => set(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) })),
}));
