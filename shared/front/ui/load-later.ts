import { type ComponentType, type LazyExoticComponent, lazy } from "react";

/**
 * A component whose code is fetched when it is first shown. When that fails (offline, or a newer release is out), `instead` stands
 * in for it, and the page around it stays.
 */
export function loadLater<Props extends object>(
  load: () => Promise<{ default: ComponentType<Props> }>,
  instead: ComponentType<Props> = () => null,
): LazyExoticComponent<ComponentType<Props>> {
  return lazy(() => load().catch(() => ({ default: instead })));
}
