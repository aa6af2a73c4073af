/** What the fronts read of an answer, field by field: by type or form, never by its example. */
import { MatchersV3 } from "@pact-foundation/pact";

export const { like, integer, boolean, eachKeyLike, eachLike, regex } = MatchersV3;

export const id = like("01998a6c-3d10-7a4b-8c1e-5f0a2b3c4d5f");
export const text = (example: string) => like(example);
export const moment = regex("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$", "2026-11-23T12:00:00Z");
export const day = regex("^\\d{4}-\\d\\d-\\d\\d$", "2026-11-23");
/** A kind of notification: its catalogue is open, so any one of them will do. */
export const kind = regex("^[a-z][a-z-]*$", "invoice");
/** The choices of a type of `shared/front/api/types.ts`, the first one as the example. */
export const oneOf = <Choice extends string>(...choices: Choice[]) =>
  regex(`^(${choices.join("|")})$`, choices[0] ?? "");
export const page = (item: Record<string, unknown>) => ({ items: eachLike(item), next_cursor: text("next") });
