import type { IdentityProvider } from "../load/identity-provider.ts";
import { type Program, startProgram } from "../machine/program.ts";
import { startFloor } from "./floor-program.ts";
import { type Installation, install, registerClient } from "./innkeeper.ts";
import { startPeer } from "./peer.ts";

/** Everything that is measured or measured against. What nobody asks for is not started. */
export interface Stage {
  installation(): Promise<Installation>;
  innkeeper(): Promise<IdentityProvider>;
  peer(): Promise<IdentityProvider>;
  floor(): Promise<IdentityProvider>;
  upstream(): Promise<Program>;
  proxy(): Promise<Program>;
  stop(): Promise<void>;
}

/** @param folder for databases */
export function createStage(folder: string): Stage {
  const running: Program[] = [];
  const keep = <P extends Program>(program: P): P => {
    running.push(program);
    return program;
  };
  const upstream = once(async () => keep(await startProgram({ script: "../servers/upstream.ts", core: "load" })));
  const stage: Stage = {
    upstream,
    proxy: once(async () => {
      const args = [`http://127.0.0.1:${(await upstream()).port}`];
      return keep(await startProgram({ script: "../servers/proxy.ts", args }));
    }),
    installation: async () => install(folder, (await upstream()).port),
    innkeeper: once(async () => {
      const installation = await stage.installation();
      return registerClient(installation, keep(await installation.start()));
    }),
    peer: once(async () => {
      const peer = await startPeer();
      keep(peer.program);
      return peer;
    }),
    floor: once(async () => {
      const floor = await startFloor(folder);
      keep(floor.program);
      return floor;
    }),
    async stop() {
      await Promise.all(running.map((program) => program.stop()));
    },
  };
  return stage;
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
