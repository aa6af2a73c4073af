/** What the frame behind the login has read for every page in it. */
import type { Part } from "@dashboard/front/api/problem.ts";
import type { Notification, Page, Profile, Theme } from "@dashboard/front/api/types.ts";
import { useRouteLoaderData } from "react-router";

export interface FrameData {
  profile: Part<Profile | null>;
  latest: Part<Page<Notification>>;
  unread: Part<number>;
  theme: Theme | undefined;
  /** The newest notification known; live updates go on from there. */
  lastId: string;
  liveUrl: string;
  /** The paths in the navigation that are not switched off. */
  pages: string[];
}

/** Undefined outside the frame, and when its loader failed. */
export const useFrame = (): FrameData | undefined => useRouteLoaderData("frame/routes/app");
