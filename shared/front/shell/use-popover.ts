import { useEffect, useRef } from "react";
import { useLocation } from "react-router";

/** For a popover that the next page closes. */
export function usePopover() {
  const popover = useRef<HTMLDivElement>(null);
  const { key } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page closes the popover
  useEffect(() => popover.current?.hidePopover?.(), [key]);
  return popover;
}
