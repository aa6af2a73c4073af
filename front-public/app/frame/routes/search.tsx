import { actions, navigation } from "virtual:front-pages";
import type { Named } from "@dashboard/front/shell/breadcrumb.tsx";
import { searchLoader } from "@dashboard/front/shell/palette.server.ts";
import { SearchPage } from "@dashboard/front/shell/search-page.tsx";
import { providers } from "../providers.server.ts";
import type { Route } from "./+types/search";

export const meta: Route.MetaFunction = () => [{ title: "Search · Tools Dashboard" }];
export const handle: Named = { crumb: "Search" };
export const loader = searchLoader({ navigation, actions }, providers);

export default function Search({ loaderData }: Route.ComponentProps) {
  return <SearchPage found={loaderData} />;
}
