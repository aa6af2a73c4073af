/** What logging in needs of back-auth. */
import { logins } from "../../../../tests/pacts/logins.ts";

logins("front-public");
