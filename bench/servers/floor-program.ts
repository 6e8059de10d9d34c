import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import type { IdentityProvider } from "../load/identity-provider.ts";
import { startProgram } from "../machine/program.ts";
import { findFreePort } from "./innkeeper.ts";

/** It knows three paths: authorize, token and introspect. */
export async function startFloor(folder: string): Promise<IdentityProvider> {
  const client = { id: "floor", secret: "a-secret-as-long-as-those-of-innkeeper-are-48-ch" };
  const data = await mkdtemp(join(folder, "floor-"));
  const jwt = { ...client, id: "floor-jwt" };
  const args = [String(await findFreePort()), client.id, jwt.id, client.secret, data];
  const program = await startProgram({ script: "../servers/floor.ts", args });
  const nowhere = { userinfo: "", keySet: "", discovery: "" };
  return {
    ...{ name: "floor", program, client, cookie: "session=floor" },
    paths: { authorize: "/authorize", token: "/token", introspect: "/introspect", ...nowhere },
    machines: { sealed: client, jwt },
  };
}
