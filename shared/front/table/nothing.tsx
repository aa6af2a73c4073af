import type { ReactNode } from "react";
import { useLocation, useSearchParams } from "react-router";
import { fieldErrors, isUnavailable } from "../api/problem.ts";
import type { Problem } from "../api/types.ts";
import { Empty } from "../ui/empty.tsx";
import type { IconShapes } from "../ui/icon.ts";
import { Notice } from "../ui/notice.tsx";
import { TextLink } from "../ui/text-link.tsx";
import { Unavailable } from "../ui/unavailable.tsx";

interface NothingProps {
  icon: IconShapes;
  /** When there is nothing at all. */
  title: string;
  /** When filters leave nothing: `No user matches`. */
  narrowed: string | null;
  children?: ReactNode;
}

/** An empty list says whether there is nothing, or nothing that matches, and then leads out. */
export function Nothing({ icon, title, narrowed, children }: NothingProps) {
  const { pathname } = useLocation();
  return (
    <Empty icon={icon} title={narrowed ?? title}>
      {narrowed ? <TextLink to={pathname}>Clear all filters</TextLink> : children}
    </Empty>
  );
}

interface NoListProps {
  /** `The users` */
  what: string;
  problem: Problem;
  /** The parameters that the list was asked with. */
  names: readonly string[];
}

/** Stands for a list that cannot be shown: a service is away, or the address asks for what does not exist. */
export function NoList({ what, problem, names }: NoListProps) {
  const { pathname } = useLocation();
  const [params] = useSearchParams();
  if (isUnavailable(problem)) return <Unavailable what={what} problem={problem} />;
  const wrong = names.filter((name) => params.has(name) && fieldErrors(problem, name).length > 0);
  return (
    <Notice
      tone="bad"
      title={wrong.length > 0 ? `This filter isn’t valid: ${wrong.join(", ")}` : "These filters aren’t valid"}
    >
      {wrong.map((name) => (
        <p key={name}>{`${name}: ${fieldErrors(problem, name).join(" ")}`}</p>
      ))}
      <TextLink to={pathname}>Clear all filters</TextLink>
    </Notice>
  );
}
