import type { Part } from "@dashboard/front/api/problem.ts";
import type { Notification, Page, Profile } from "@dashboard/front/api/types.ts";
import { Avatar } from "@dashboard/front/ui/avatar.tsx";
import { buttonClass } from "@dashboard/front/ui/button.tsx";
import { LiveIndicator } from "@dashboard/front/ui/live-indicator.tsx";
import { Logo } from "@dashboard/front/ui/logo.tsx";
import { Form, Link } from "react-router";
import { Bell } from "../../features/notifications/ui/Bell.tsx";

interface HeaderProps {
  profile: Profile | null;
  latest: Part<Page<Notification>>;
  unread: Part<number>;
}

export function Header({ profile, latest, unread }: HeaderProps) {
  const name = profile?.display_name || profile?.name;
  return (
    <header className="sticky top-0 z-30 border-b border-line bg-paper/95 backdrop-blur-sm [body:has(.connection-banner)_&]:top-12">
      <div className="mx-auto flex h-16 max-w-6xl items-center gap-2 px-4 sm:gap-3 sm:px-8">
        <Link to="/app" className="mr-auto overflow-hidden no-underline">
          <Logo compact />
        </Link>
        <div className="hidden md:block">
          <LiveIndicator />
        </div>
        <Bell latest={latest} unread={unread} />
        <Link to="/app/profile" className="flex items-center gap-2 rounded-full no-underline">
          <span className="sr-only">Your profile</span>
          <Avatar name={name ?? ""} url={profile?.avatar_url} />
          {name && <span className="hidden max-w-40 truncate font-semibold sm:inline">{name}</span>}
        </Link>
        <Form method="post" action="/logout">
          <input type="submit" value="Log out" className={buttonClass("quiet", "-mr-2.5 px-2.5 text-sm")} />
        </Form>
      </div>
    </header>
  );
}
