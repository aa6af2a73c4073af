/** The frame of the pages that everybody may see. */
import { useRoot } from "@dashboard/front/root/data.ts";
import { ButtonLink } from "@dashboard/front/ui/button.tsx";
import { Logo } from "@dashboard/front/ui/logo.tsx";
import { Link, Outlet } from "react-router";

export default function PublicFrame() {
  const loggedIn = useRoot()?.loggedIn;
  return (
    <div className="flex min-h-screen flex-col">
      <header className="mx-auto flex w-full max-w-6xl items-center justify-between gap-3 px-4 py-4 sm:px-8">
        <Link to="/" className="no-underline">
          <Logo compact={!loggedIn} />
        </Link>
        <nav aria-label="Account" className="flex items-center gap-1 sm:gap-2">
          {loggedIn ? (
            <ButtonLink to="/app">Your dashboard</ButtonLink>
          ) : (
            <>
              <ButtonLink to="/login" variant="quiet">
                Log in
              </ButtonLink>
              <ButtonLink to="/register">Register</ButtonLink>
            </>
          )}
        </nav>
      </header>
      <main id="main" tabIndex={-1} className="flex flex-1 flex-col">
        <Outlet />
      </main>
      <footer className="mx-auto w-full max-w-6xl px-4 py-8 text-sm text-ink-faint sm:px-8">
        Tools Dashboard · one place for the tools you work with
      </footer>
    </div>
  );
}
