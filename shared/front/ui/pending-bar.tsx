import { useNavigation } from "react-router";

/** A thin line at the top while the next page is on its way. */
export function PendingBar() {
  const busy = useNavigation().state !== "idle";
  return (
    <div
      role="progressbar"
      aria-label="Loading the page"
      hidden={!busy}
      className="late fixed inset-x-0 top-0 z-50 h-0.5 bg-accent"
    />
  );
}
