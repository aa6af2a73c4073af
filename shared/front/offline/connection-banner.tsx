import CloudOff from "lucide/dist/esm/icons/cloud-off.mjs";
import { useEffect } from "react";
import { Icon } from "../ui/icon.ts";
import { retryRequests } from "./retry-fetch.ts";
import { useConnection } from "./use-connection.ts";
import { useKeptPage } from "./use-kept-page.ts";
import { tryAgain } from "./waiting-requests.ts";

const NOTICES = {
  unsent: { title: "You’re offline.", detail: "Your changes aren’t saved yet. They stay on this page.", again: true },
  offline: { title: "You’re offline.", detail: "What you see may be out of date.", again: true },
  late: { title: "Live updates are delayed.", detail: "Reconnecting. Everything else works.", again: false },
};

/** On top of every page while the way to our servers is interrupted. Says so politely; takes no focus. */
export function ConnectionBanner() {
  const connection = useConnection();
  useEffect(retryRequests, []);
  useKeptPage();
  const notice = connection === "fine" ? null : NOTICES[connection];
  return (
    <div role="status" className="sticky top-0 z-40">
      {notice && (
        <div className="connection-banner flex min-h-12 items-center justify-center gap-x-3 bg-ink px-4 py-1 text-sm text-paper">
          <Icon of={CloudOff} size={18} className="shrink-0" />
          <p>
            <strong>{notice.title}</strong> <span className="max-sm:hidden">{notice.detail}</span>
          </p>
          {notice.again && (
            <button
              type="button"
              onClick={tryAgain}
              className="min-h-9 shrink-0 rounded-control border border-current px-3 font-semibold focus-visible:outline-current"
            >
              Try again
            </button>
          )}
        </div>
      )}
    </div>
  );
}
