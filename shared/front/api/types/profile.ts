/** What somebody says of themselves. */

export type Theme = "system" | "light" | "dark";

export interface Profile {
  id: string;
  user_id: string;
  name: string;
  display_name?: string | null;
  bio: string;
  avatar_url?: string | null;
  time_zone: string;
  locale: string;
  theme: Theme;
  version: number;
  created_at: string;
  updated_at: string;
}

export type ProfileFields = Pick<Profile, "name" | "display_name" | "bio" | "time_zone" | "locale" | "theme">;
