import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { useLocation } from "react-router";
import { useRoot } from "../root/data.ts";
import { Notice } from "../ui/notice.tsx";
import type { Flash } from "./message.ts";

export const FlashContext = createContext<Flash | null>(null);

/** Keeps a message while its page's data is read again, and drops it for good with the next step: Back does not show it again. */
export function FlashProvider({ children }: { children: ReactNode }) {
  const read = useRoot()?.flash ?? null;
  const { key } = useLocation();
  const [shown, setShown] = useState<{ flash: Flash | null; at: string | null }>({ flash: read, at: key });
  if (read && read.id !== shown.flash?.id) setShown({ flash: read, at: key });
  else if (shown.at !== null && shown.at !== key) setShown({ ...shown, at: null });
  useEffect(() => {
    if (read) void window.cookieStore?.delete(read.cookie);
  }, [read]);
  useEffect(() => {
    const drop = () => setShown((before) => ({ ...before, at: null }));
    addEventListener("pagehide", drop);
    return () => removeEventListener("pagehide", drop);
  }, []);
  return <FlashContext value={shown.at === key ? shown.flash : null}>{children}</FlashContext>;
}

/** Stands below the title of every page. */
export function FlashMessage({ className }: { className?: string }) {
  const flash = useContext(FlashContext);
  return (
    flash && (
      <Notice key={flash.id} tone="good" focus title={flash.message} className={`success-message ${className ?? ""}`} />
    )
  );
}
