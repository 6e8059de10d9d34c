import { type Browser, createBrowser, type Page } from "../../src/testing/browser.ts";
import type { Answer, Deed, Journal } from "./journal.ts";
import { firstCapMicros, type Person, redirectUri, scope, type World } from "./world.ts";

export interface ClientOptions {
  world: World;
  person: Person;
  journal: Journal;
  /** Resolves as soon as the server answers. */
  serverBack(): Promise<void>;
  number: number;
}

/** The newest tokens of one sign-in. */
interface Head {
  access: string;
  refresh: string;
}

const verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const mostHeads = 3;
/** A rotated refresh token may be shown again for ten seconds; after that it is a replay. */
const retryWithinMs = 7_000;

/** What the first clients do in turn, so that everything happens in a short run too. */
const tour = [0, 30, 50, 86, 89, 92, 95, 0, 94, 95];
const tourists = 4;

const below = (n: number) => Math.floor(Math.random() * n);
const oneOf = <T>(list: readonly T[]) => list[below(list.length)];

/** One person with an app and a key, who does one thing after another and comes back to what a crash cut off. */
export class Client {
  readonly #options: ClientOptions;
  readonly #browser: Browser;
  readonly #heads: Head[] = [];
  /** Codes and tokens that were answered as used up or dead; shown again now and then. */
  readonly #spent: string[] = [];
  #again: (() => Promise<void>) | undefined;
  #deeds = 0;
  #turn = 0;
  #limitMicros = firstCapMicros;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#browser = createBrowser((request) => fetch(request), options.world.issuer);
    this.#browser.cookies.set("ik_session", options.person.session);
  }

  get isInterrupted(): boolean {
    return this.#again !== undefined;
  }

  async act(): Promise<void> {
    const interrupted = this.#again;
    this.#again = undefined;
    if (interrupted) return interrupted();
    const { number } = this.#options;
    const chance = number < tourists ? tour[this.#turn++ % tour.length]! : below(100);
    const head = oneOf(this.#heads);
    if (chance < 30 || !head) return this.#signIn();
    if (chance < 50) return this.#refresh(head);
    if (chance < 86) return this.#chat(`${this.#options.number}-${this.#deeds++}`, below(3) > 0 ? head : undefined);
    if (chance < 89) return this.#register(`App ${this.#options.number}-${this.#deeds++}`);
    if (chance < 92) return this.#changeCap();
    if (chance < 94) return this.#revokeToken(head);
    if (chance < 95) return this.#revokeGrant();
    return this.#showSpent();
  }

  /** Undefined when the connection was lost: then `again`, if there is one, is what comes next. */
  async #do(deed: Deed, work: () => Promise<Answer>, again?: () => Promise<void>): Promise<Answer | undefined> {
    const note = this.#options.journal.begin(deed);
    let answer: Answer;
    try {
      answer = await work();
    } catch {
      this.#again = again;
      await this.#options.serverBack();
      return undefined;
    }
    note(answer);
    // The outcome of what was answered with 503 is as unknown as that of a lost connection.
    if (answer.status === 503) this.#again = again;
    return answer;
  }

  async #signIn(): Promise<void> {
    const { world, person } = this.#options;
    const query = new URLSearchParams({
      client_id: world.app.clientId,
      redirect_uri: redirectUri,
      response_type: "code",
      scope,
      code_challenge: challenge,
      code_challenge_method: "S256",
    });
    let consent: URL | undefined;
    const answer = await this.#do({ kind: "authorize", userId: person.userId }, async () => {
      const page = await this.#browser.open(`/idp/authorize?${query}`);
      if (page.location?.pathname === "/idp/authorize/consent") consent = page.location;
      return answerOfPage(page);
    });
    if (consent) return this.#consent(consent);
    if (answer?.code !== undefined) await this.#redeem(answer.code);
  }

  async #consent(page: URL): Promise<void> {
    const { userId } = this.#options.person;
    const shown = await this.#browser.open(page).catch(() => undefined);
    // Somebody's connection was lost before anything was sent.
    if (shown?.status !== 200) return;
    this.#limitMicros = firstCapMicros;
    const values = { decision: "allow", cap_amount: dollarsOf(firstCapMicros), cap_period: "month", cap_day: "" };
    const answer = await this.#do({ kind: "consent", userId, limitMicros: firstCapMicros }, async () =>
      answerOfPage(await this.#browser.submit(shown, page.pathname, values)),
    );
    if (answer?.code !== undefined) await this.#redeem(answer.code);
  }

  async #redeem(code: string): Promise<void> {
    const again = () => this.#redeem(code);
    const grant = { grant_type: "authorization_code", code, redirect_uri: redirectUri, code_verifier: verifier };
    const answer = await this.#do({ kind: "redeem", code }, () => this.#token(grant), again);
    if (!answer || this.#again) return;
    this.#keep(answer);
    if (below(20) === 0) this.#spent.push(code);
  }

  /** @param since the first try */
  async #refresh(head: Head, since = Date.now()): Promise<void> {
    this.#forget(head);
    const again = async () => {
      if (Date.now() - since < retryWithinMs) await this.#refresh(head, since);
    };
    const token = head.refresh;
    const grant = { grant_type: "refresh_token", refresh_token: token };
    const answer = await this.#do({ kind: "refresh", token }, () => this.#token(grant), again);
    if (answer && !this.#again) this.#keep(answer);
  }

  async #token(form: Record<string, string>): Promise<Answer> {
    const { clientId, clientSecret } = this.#options.world.app;
    const body = { ...form, client_id: clientId, client_secret: clientSecret };
    const { status, json } = await this.#call("/idp/token", { method: "POST", body: new URLSearchParams(body) });
    if (status !== 200) return { status, done: false };
    return { status, done: true, accessToken: json.access_token, refreshToken: json.refresh_token };
  }

  #keep({ accessToken, refreshToken }: Answer): void {
    if (accessToken === undefined || refreshToken === undefined) return;
    this.#heads.push({ access: accessToken, refresh: refreshToken });
    if (this.#heads.length > mostHeads) this.#heads.shift();
  }

  #forget(head: Head): void {
    const at = this.#heads.indexOf(head);
    if (at >= 0) this.#heads.splice(at, 1);
  }

  async #chat(mark: string, head: Head | undefined): Promise<void> {
    const { person } = this.#options;
    const bearer = head?.access ?? null;
    const stream = below(2) === 0;
    const deed: Deed = { kind: "chat", mark, bearer, keyId: bearer === null ? person.keyId : null, stream };
    const headers = {
      authorization: `Bearer ${bearer ?? person.key}`,
      "content-type": "application/json",
      "idempotency-key": mark,
    };
    const messages = [{ role: "user", content: mark }];
    const body = JSON.stringify({ model: "test-model", stream, max_tokens: 60, messages });
    const answer = await this.#do(
      deed,
      async () => answerOfChat(await this.#call("/v1/chat/completions", { method: "POST", headers, body })),
      () => this.#chat(mark, head),
    );
    if (answer?.status === 401 && head) this.#forget(head);
  }

  async #register(name: string): Promise<void> {
    const body = JSON.stringify({ name, redirect_uris: [redirectUri] });
    const headers = { ...this.#ownKey(), "content-type": "application/json" };
    await this.#do(
      { kind: "register", name },
      async () => {
        const { status, json } = await this.#call("/idp/apps", { method: "POST", headers, body });
        return { status, done: status === 200, appId: json?.app_id };
      },
      () => this.#register(name),
    );
  }

  /** Mostly upwards, so that calls go on; now and then below what was spent. */
  async #changeCap(): Promise<void> {
    const { userId } = this.#options.person;
    const page = await this.#browser.open("/account/connected").catch(() => undefined);
    const grant = /change=(grt_\w+)/.exec(page?.text ?? "")?.[1];
    const form =
      grant === undefined
        ? undefined
        : await this.#browser.open(`/account/connected?change=${grant}`).catch(() => undefined);
    if (form?.status !== 200 || !form.text.includes('action="/account/apps/cap"')) return;
    this.#limitMicros += 1000 + below(20_000);
    const limitMicros = below(5) === 0 ? 1 + below(this.#limitMicros) : this.#limitMicros;
    const values = { cap_amount: dollarsOf(limitMicros), cap_period: "month", cap_day: "", until: "" };
    await this.#do({ kind: "cap", userId, limitMicros }, async () => {
      const { status, location } = await this.#browser.submit(form, "/account/apps/cap", values);
      return { status, done: location?.searchParams.has("changed") ?? false };
    });
  }

  async #revokeToken(head: Head): Promise<void> {
    this.#forget(head);
    const token = oneOf([head.access, head.refresh]) ?? head.access;
    this.#spent.push(head.access, head.refresh);
    await this.#do(
      { kind: "revoke_token", token },
      async () => {
        const { status } = await this.#call("/idp/token/revoke", {
          method: "POST",
          body: new URLSearchParams({ token }),
        });
        return { status, done: status === 200 };
      },
      () => this.#revokeToken(head),
    );
  }

  async #revokeGrant(): Promise<void> {
    const { world, person } = this.#options;
    for (const { access, refresh } of this.#heads.splice(0)) this.#spent.push(access, refresh);
    await this.#do({ kind: "revoke_grant", userId: person.userId }, async () => {
      const init = { method: "DELETE", headers: this.#ownKey() };
      const { status } = await this.#call(`/idp/authorizations/${world.app.id}`, init);
      return { status, done: status === 200 };
    });
  }

  /** Whether anybody still honours what should be worth nothing. */
  async #showSpent(): Promise<void> {
    const text = oneOf(this.#spent.slice(-8));
    if (text === undefined) return;
    if (text.startsWith("ik_ac_")) return this.#redeem(text);
    if (text.startsWith("ik_at_") && below(2) === 0)
      return this.#chat(`${this.#options.number}-${this.#deeds++}`, { access: text, refresh: "" });
    await this.#do({ kind: "introspect", token: text }, async () => {
      const body = new URLSearchParams({ token: text });
      const { status, json } = await this.#call("/idp/token/introspect", { method: "POST", body });
      return { status, done: json?.active === true };
    });
  }

  #ownKey() {
    return { authorization: `Bearer ${this.#options.person.key}` };
  }

  async #call(path: string, init: RequestInit) {
    const response = await fetch(this.#options.world.issuer + path, init);
    const { status, headers } = response;
    const text = await response.text();
    const isJson = headers.get("content-type")?.startsWith("application/json");
    return { status, headers, text, json: isJson ? JSON.parse(text) : undefined };
  }
}

type Called = { status: number; headers: Headers; text: string };

/** The bill of a stream stands in a comment, the one of a whole answer in a header. */
function answerOfChat({ status, headers, text }: Called): Answer {
  const requestId = headers.get("x-request-id") ?? undefined;
  const cost = /^: cost_micros=(\d+)$/m.exec(text)?.[1] ?? headers.get("x-innkeeper-cost-micros");
  const ended = headers.get("content-type")?.startsWith("text/event-stream") ? text.includes("data: [DONE]") : true;
  const done = status === 200 && ended && cost !== null;
  return done ? { status, done, requestId, costMicros: Number(cost) } : { status, done, requestId };
}

function answerOfPage({ status, location }: Page): Answer {
  const code = location?.href.startsWith(redirectUri) ? location.searchParams.get("code") : null;
  return code === null ? { status, done: false } : { status, done: true, code };
}

function dollarsOf(micros: number): string {
  return (micros / 1_000_000).toFixed(6);
}
