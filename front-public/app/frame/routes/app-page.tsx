/** Shows errors of a page behind the login inside the frame, so that the navigation stays. */
import { ErrorCard } from "@dashboard/front/ui/error-page.tsx";
import { Outlet } from "react-router";
import type { Route } from "./+types/app-page";

export default function AppPage() {
  return <Outlet />;
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return <ErrorCard error={error} home="/app" />;
}
