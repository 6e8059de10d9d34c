import type { Route } from "../../http/table.ts";
import type { Sealer } from "../../kernel/seal.ts";
import type { Desk } from "../desk.ts";
import { appCreateRoutes } from "./create.ts";
import { directoryRoutes } from "./directory.ts";
import { appEditRoutes } from "./edit.ts";
import { appListRoutes } from "./list.ts";
import { appOverviewRoutes } from "./overview.ts";
import { appPeopleRoutes } from "./people.ts";
import { appRedirectRoutes } from "./redirects.ts";
import { appSecretRoutes } from "./secrets.ts";
import { appTrustRoutes } from "./trust.ts";
import { appWebhookRoutes } from "./webhook.ts";

/** The apps that people make, and the directory of all. The app stands in the query, so every path is exact. */
export function appRoutes(desk: Desk, lasting: Sealer): Route[] {
  return [
    ...appListRoutes(desk),
    ...appCreateRoutes(desk),
    ...appOverviewRoutes(desk),
    ...appEditRoutes(desk),
    ...appRedirectRoutes(desk),
    ...appSecretRoutes(desk),
    ...appPeopleRoutes(desk),
    ...appTrustRoutes(desk),
    ...appWebhookRoutes(desk, lasting),
    ...directoryRoutes(desk),
  ];
}
