import { renderRecoveryCodes } from "../../packages/server/src/interaction/pages/recovery-codes.ts";
import { renderSecondFactor } from "../../packages/server/src/interaction/pages/second-factor.ts";
import { renderSecondFactorNeeded } from "../../packages/server/src/interaction/pages/second-factor-needed.ts";
import { renderTotp, type TotpProps } from "../../packages/server/src/interaction/pages/totp.ts";
import { squaresOf } from "../../packages/server/src/ui/index.ts";
import { longName, storyteller } from "./apps.ts";
import { frame, longBrand, person } from "./frame.ts";

const csrf = "7b1f";
const request = "sealed-request";
const key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const uri = `otpauth://totp/Acme%20AI:maya?issuer=Acme%20AI&secret=${key}&algorithm=SHA1&digits=6&period=30`;
const setup = { squares: await squaresOf(uri), uri, key, sealed: "sealed-setup" };
const codes = Array.from({ length: 10 }, (_, index) => `K7QM-2XW${index}-9PTA-4VNH`);
const props: TotpProps = { person, csrf, fresh: true };
const factor = { createdAt: Date.UTC(2026, 8, 2), codesLeft: 10 };

export const secondFactorPreviews: Record<string, string> = {
  "second-factor": renderSecondFactor(frame, { csrf, by: "totp", request, app: storyteller }),
  "second-factor-alone": renderSecondFactor(frame, { csrf, by: "totp" }),
  "second-factor-wrong": renderSecondFactor(frame, { csrf, by: "totp", problem: { kind: "wrong" } }),
  "second-factor-used": renderSecondFactor(frame, { csrf, by: "totp", problem: { kind: "used" } }),
  "second-factor-wait": renderSecondFactor(longBrand, {
    csrf,
    by: "totp",
    request,
    app: longName,
    problem: { kind: "wait", milliseconds: 170_000 },
  }),
  "second-factor-recovery": renderSecondFactor(frame, { csrf, by: "recovery", request, app: storyteller }),
  "second-factor-recovery-wrong": renderSecondFactor(frame, { csrf, by: "recovery", problem: { kind: "wrong" } }),
  "second-factor-needed": renderSecondFactorNeeded(frame, {
    ...{ person, csrf, request, app: storyteller, hasPasskey: false },
  }),
  "second-factor-needed-passkey": renderSecondFactorNeeded(longBrand, {
    ...{ person, csrf, request, app: longName, hasPasskey: true },
  }),
  totp: renderTotp(frame, { ...props, factor }),
  "totp-off": renderTotp(frame, { ...props, removed: true }),
  "totp-stale": renderTotp(frame, { ...props, fresh: false, factor }),
  "totp-add": renderTotp(frame, { ...props, setup }),
  "totp-add-wrong": renderTotp(frame, { ...props, setup: { ...setup, problem: "wrong" } }),
  "totp-remove": renderTotp(frame, { ...props, factor: { ...factor, codesLeft: 2 }, open: "remove" }),
  "totp-renew": renderTotp(frame, { ...props, factor: { ...factor, codesLeft: 0 }, open: "renew" }),
  "recovery-codes": renderRecoveryCodes(frame, { person, codes, added: true, next: "/account/security/totp" }),
};
