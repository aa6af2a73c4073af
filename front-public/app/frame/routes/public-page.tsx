/** Shows errors of a public page inside its frame. */
import { errorMeta } from "@dashboard/front/root/error-meta.ts";
import { ErrorCard } from "@dashboard/front/ui/error-page.tsx";
import { Outlet } from "react-router";
import type { Route } from "./+types/public-page";

export const meta = errorMeta("Tools Dashboard");

export default function PublicPage() {
  return <Outlet />;
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return (
    <div className="wall grid flex-1 place-items-center border-y border-line px-4 py-16">
      <ErrorCard error={error} home="/" />
    </div>
  );
}
