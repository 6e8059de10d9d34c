import { Buffer } from "node:buffer";
import { type Ctx, inTx, type Tx } from "../context.ts";
import { announce } from "../events/index.ts";
import { encodeBase64Url } from "../kernel/bytes.ts";
import { createSealer, type Sealer } from "../kernel/seal.ts";
import { following } from "./following.ts";
import { claimMeta, findMeta, replaceMeta } from "./seals.sql.ts";

/** The two sealers of an installation. */
export interface Seals {
  /** For everything a client or browser carries; refuses what was sealed in an earlier epoch. */
  readonly sealer: Sealer;
  /** For what is stored and must outlive a restored backup, such as signing keys. */
  readonly lasting: Sealer;
  /** Learns the epoch that is in force now. Happens by itself when it was renewed anywhere. */
  reload(): Promise<void>;
}

const epochName = "epoch";
const checkName = "secret_check";
const checkPurpose = "secret_check";
const checkText = Buffer.from("innkeeper");

/**
 * Opens the seals of this database.
 * @throws Error with a sentence for the operator when none of the secrets is the one this database was sealed with.
 */
export async function openSeals(ctx: Ctx): Promise<Seals> {
  const { issuer, secrets } = ctx.config;
  const { random } = ctx;
  // The check value outlives the issuer: a moved installation keeps its keys.
  const lasting = createSealer({ secrets, issuer: "", epoch: "", random });
  await checkSecrets(ctx, lasting);
  const sealerOf = (epoch: string) => createSealer({ secrets, issuer, epoch, random });
  let inner = sealerOf(await getEpoch(ctx));
  const { follow, reload } = following(ctx, "the epoch", "epoch", {
    read: () => getEpoch(ctx),
    keep: (epoch) => {
      inner = sealerOf(epoch);
    },
  });
  return {
    sealer: {
      seal(purpose, payload) {
        follow();
        return inner.seal(purpose, payload);
      },
      open(purpose, token) {
        follow();
        return inner.open(purpose, token);
      },
    },
    lasting,
    reload,
  };
}

/** Refuses every code, token and form sealed until now, on every process: for the time after restoring a backup. */
export async function renewEpoch(tx: Tx): Promise<void> {
  const epoch = newEpoch(tx);
  await claimMeta(tx, epochName, epoch);
  await replaceMeta(tx, epochName, epoch);
  await announce(tx, "epoch", epochName);
}

async function getEpoch(ctx: Ctx): Promise<string> {
  return (await findMeta(ctx, epochName)) ?? inTx(ctx, (ctx) => claimMeta(ctx, epochName, newEpoch(ctx)));
}

function newEpoch({ random }: Ctx): string {
  return encodeBase64Url(random.bytes(16));
}

async function checkSecrets(ctx: Ctx, lasting: Sealer): Promise<void> {
  const fresh = lasting.seal(checkPurpose, checkText);
  const stored = (await findMeta(ctx, checkName)) ?? (await inTx(ctx, (ctx) => claimMeta(ctx, checkName, fresh)));
  if (lasting.open(checkPurpose, stored) === undefined) {
    throw new Error(
      "INNKEEPER_SECRET is not the secret this database was sealed with. Give the former secret, after the new one if you are changing it.",
    );
  }
  // Sealed under the newest secret, so that the former one can be left out next time.
  await inTx(ctx, (ctx) => replaceMeta(ctx, checkName, fresh));
}
