import type { ReactNode } from "react";
import { Avatar } from "../ui/avatar.tsx";
import { middleOut } from "./shorten.ts";

const MOST_OF_AN_ADDRESS = 40;

/** An address that breaks behind its @ only, and has its middle left out when it is very long. */
export function Address({ of }: { of: string }) {
  const at = of.lastIndexOf("@");
  const name = middleOut(of.slice(0, at), MOST_OF_AN_ADDRESS / 2);
  const domain = middleOut(of.slice(at + 1), MOST_OF_AN_ADDRESS - [...name].length);
  if (at < 1) return <bdi className="wrap-anywhere">{of}</bdi>;
  const isWhole = name.length + domain.length + 1 === of.length;
  return (
    <bdi title={isWhole ? undefined : of} className="break-words">
      {name}@<wbr />
      {domain}
    </bdi>
  );
}

interface PersonProps {
  name?: string | null;
  email: string;
  /** Shown instead of the plain name: a link, say. */
  children?: ReactNode;
  /** Stands behind the name. */
  aside?: ReactNode;
}

/** Picture, name and address of somebody; whoever gave no name is called by the address. */
export function Person({ name, email, children, aside }: PersonProps) {
  return (
    <span className="flex min-w-0 items-center gap-3">
      <Avatar name={name || email} />
      <span className="min-w-0">
        <span className="font-semibold wrap-anywhere">{children ?? <bdi>{name || <Address of={email} />}</bdi>}</span>
        {aside}
        {name && (
          <span className="block text-sm text-ink-faint">
            <Address of={email} />
          </span>
        )}
      </span>
    </span>
  );
}
