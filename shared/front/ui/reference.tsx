import { createContext, useContext } from "react";
import { TextLink } from "./text-link.tsx";

/** Below which path a front shows what happened under a correlation id, to whoever may see it; null: nowhere. */
export const ReferencePath = createContext<string | null>(null);

/** A correlation id, as a link where there is something behind it; `label` stands for the id. */
export function Reference({ id, label = id }: { id: string; label?: string }) {
  const path = useContext(ReferencePath);
  return path ? <TextLink to={`${path}/${id}`}>{label}</TextLink> : id;
}
