import { type FormEvent, type ReactNode, useEffect } from "react";
import { useFetcher, useLocation } from "react-router";
import { useToasts } from "../live/toasts.ts";
import { below, useShell } from "./data.ts";
import { MARK } from "./use-appearance.ts";

const NOT_SAVED = { id: "appearance", title: "Your theme isn’t saved yet", body: "It applies here for now." };

/** A form whose buttons set up the shell. It stays on its page, with or without JavaScript. */
export function AppearanceForm({ className, children }: { className?: string; children: ReactNode }) {
  const fetcher = useFetcher<{ saved: boolean }>();
  const { pathname, search } = useLocation();
  const { home } = useShell();
  const addToast = useToasts(({ add }) => add);
  const isRefused = fetcher.data?.saved === false;
  useEffect(() => {
    if (isRefused) addToast(NOT_SAVED);
  }, [isRefused, addToast]);
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { submitter } = event.nativeEvent as SubmitEvent;
    const form = new FormData(event.currentTarget, submitter);
    form.delete("back");
    fetcher.submit(form, { method: "post", action: event.currentTarget.getAttribute("action") ?? "" });
  };
  return (
    <form method="post" action={below(home, "/appearance")} onSubmit={onSubmit} className={className}>
      <input type="hidden" name={MARK} value="" />
      <input type="hidden" name="back" value={pathname + search} />
      {children}
    </form>
  );
}
