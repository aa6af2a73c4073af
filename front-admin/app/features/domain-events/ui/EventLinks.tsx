import type { Event } from "@dashboard/front/api/types.ts";
import { Reference } from "@dashboard/front/ui/reference.tsx";
import { TextLink } from "@dashboard/front/ui/text-link.tsx";

/** To what an event belongs to: the request that it happened in, and the user whom it is about. */
export function EventLinks({ of: { correlation_id, user_id } }: { of: Event }) {
  if (!correlation_id && !user_id) return null;
  return (
    <span className="mt-0.5 flex flex-wrap gap-x-4 text-sm">
      {correlation_id && <Reference id={correlation_id} label="Trace" />}
      {user_id && <TextLink to={`/users/${user_id}`}>User</TextLink>}
    </span>
  );
}
