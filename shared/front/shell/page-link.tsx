import { Link } from "react-router";
import { Icon } from "../ui/icon.ts";
import type { NavigationItem } from "./entries.ts";
import { useMarked } from "./use-marked.ts";

interface PageLinkProps {
  page: NavigationItem;
  className: string;
  /** Its name is only read out and shown by the pointer. */
  iconOnly?: boolean;
}

/** A page of the navigation: marked as soon as somebody asks for it. */
export function PageLink({ page: { to, label, icon }, className, iconOnly }: PageLinkProps) {
  const { here, marked } = useMarked();
  return (
    <Link
      to={to}
      prefetch="intent"
      title={iconOnly ? label : undefined}
      aria-current={here?.to === to ? "page" : undefined}
      data-marked={marked?.to === to || undefined}
      className={className}
    >
      <Icon of={icon} size={20} />
      <span className={iconOnly ? "sr-only" : "truncate"}>{label}</span>
    </Link>
  );
}
