import { useEffect, useEffectEvent } from "react";
import { createPath, useNavigation } from "react-router";

/** A small file of each front: when it arrives, so do documents. */
const PROBE = "/robots.txt";

/**
 * Keeps this page when the code of the next one cannot be fetched. React Router reloads the document then, and without a network
 * the browser shows its own error page. Instead, the next page is loaded once our server answers.
 */
export function useKeptPage(): void {
  const { location, formData } = useNavigation();
  const open = useEffectEvent(() => {
    if (location && !formData) window.location.assign(createPath(location));
    else window.location.reload();
  });
  useEffect(() => {
    let isWaiting = false;
    const keep = async (event: NavigateEvent) => {
      if (event.navigationType !== "reload") return; // a reload by the browser's own button comes without this event
      event.preventDefault();
      if (isWaiting) return;
      isWaiting = true;
      await fetch(PROBE, { cache: "no-store" });
      end();
      open();
    };
    const end = () => window.navigation?.removeEventListener("navigate", keep);
    window.navigation?.addEventListener("navigate", keep);
    return end;
  }, []);
}
