/** The calls of this front about figures. */
import type { Figures, Items, ServiceState } from "@dashboard/front/api/types.ts";
import type { UserSession } from "@dashboard/front/session/session.server.ts";
import type { PeriodId } from "./periods.ts";

export function readFigures(session: UserSession, period: PeriodId): Promise<Figures> {
  return session.api.get("/api/figures", { period });
}

export function listServices(session: UserSession): Promise<Items<ServiceState>> {
  return session.api.get("/api/figures/services");
}
