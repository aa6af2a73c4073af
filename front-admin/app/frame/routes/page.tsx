/** Shows errors of a page inside the frame, so that the navigation stays. */
import { errorMeta } from "@dashboard/front/root/error-meta.ts";
import { ErrorCard } from "@dashboard/front/ui/error-page.tsx";
import { Outlet } from "react-router";
import type { Route } from "./+types/page";

export const meta = errorMeta("Tools Dashboard administration");

export default function Page() {
  return <Outlet />;
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return <ErrorCard error={error} home="/" missing="Page not found" />;
}
