/** What the frame behind the login has read for every page in it. */
import type { Part } from "@dashboard/front/api/problem.ts";
import type { Notification, Page, Profile, Theme, User } from "@dashboard/front/api/types.ts";
import type { ShellData } from "@dashboard/front/shell/data.ts";
import { useRouteLoaderData } from "react-router";

export interface FrameData {
  profile: Part<Profile | null>;
  me: Part<User>;
  latest: Part<Page<Notification>>;
  unread: Part<number>;
  theme: Theme | undefined;
  /** The newest notification known; live updates go on from there. */
  lastId: string;
  liveUrl: string;
  shell: ShellData;
}

/** Undefined outside the frame, and when its loader failed. */
export const useFrame = (): FrameData | undefined => useRouteLoaderData("frame/routes/app");
