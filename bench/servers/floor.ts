/**
 * What no design on this ground can go below: the fetch handler, one check of a secret, seals, signatures and a durable row,
 * with nothing checked, configured, revoked or told in between. Arguments: port, client id, client id of the app whose
 * tokens are JWTs, the secret of both, folder.
 */
import { Buffer } from "node:buffer";
import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  generateKeyPairSync,
  hash,
  randomBytes,
  sign,
} from "node:crypto";
import { join } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { createAdaptorServer } from "@hono/node-server";

const [port, clientId, jwtClientId, clientSecret, folder] = process.argv.slice(2) as [
  string,
  string,
  string,
  string,
  string,
];
const secretHash = hash("sha256", clientSecret);

const database = new DatabaseSync(join(folder, "floor.db"));
database.exec(`pragma journal_mode = wal; pragma synchronous = full;
  create table sessions (id text primary key, user_id text not null, grant_id text not null);
  create table families (id text primary key, user_id text not null, scope text not null, generation integer not null,
    rotated_at integer not null, expires_at integer not null)`);
const prepare = (sql: string) => {
  const statement = database.prepare(sql);
  statement.setReturnArrays(true);
  return statement;
};
prepare("insert into sessions values (?, 'usr_1', 'grt_1')").run(hash("sha256", "floor"));
const findSession = prepare("select user_id, grant_id from sessions where id = ?");
const addFamily = prepare(
  "insert into families values (?, 'usr_1', ?, 1, ?, ?) on conflict (id) do nothing returning id, scope, generation",
);
const rotateFamily = prepare(
  `update families set generation = generation + 1, rotated_at = ?, expires_at = ?
    where id = ? and generation = ? and expires_at > ? returning id, scope, generation`,
);
const begin = prepare("begin immediate");
const commit = prepare("commit");

type Family = [id: string, scope: string, generation: number];
let waiting: { statement: StatementSync; values: (string | bigint)[]; done(row: Family): void }[] = [];
let running = false;

/** One commit for all that arrive in a turn of the event loop. */
function write(statement: StatementSync, ...values: (string | bigint)[]): Promise<Family> {
  return new Promise((done) => {
    waiting.push({ statement, values, done });
    if (!running) void run();
  });
}

async function run(): Promise<void> {
  running = true;
  while (waiting.length > 0) {
    for (let seen = 0; seen < waiting.length; await new Promise(setImmediate)) seen = waiting.length;
    const group = waiting;
    waiting = [];
    begin.run();
    const rows = group.map(({ statement, values }) => (statement.all(...values) as unknown as Family[])[0]!);
    commit.run();
    for (const [index, { done }] of group.entries()) done(rows[index]!);
  }
  running = false;
}

const key = createSecretKey(randomBytes(32));
let sealed = 0;

function seal(payload: string): string {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(sealed++, 6, 6);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  const body = cipher.update(payload, "utf8");
  cipher.final();
  return Buffer.concat([nonce, body, cipher.getAuthTag()]).toString("base64url");
}

function open(token: string): string {
  const bytes = Buffer.from(token, "base64url");
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 12), { authTagLength: 16 });
  decipher.setAuthTag(bytes.subarray(-16));
  const payload = decipher.update(bytes.subarray(12, -16));
  decipher.final();
  return payload.toString();
}

const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });

function signIdToken(accessToken: string): string {
  const at_hash = Buffer.from(hash("sha256", accessToken, "buffer").subarray(0, 16)).toString("base64url");
  return signToken({ sub: "usr_1", aud: clientId, at_hash });
}

function signToken(about: object): string {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: `http://127.0.0.1:${port}`, exp: now + 3600, iat: now, ...about };
  const signed = `eyJhbGciOiJFUzI1NiJ9.${Buffer.from(JSON.stringify(claims)).toString("base64url")}`;
  return `${signed}.${sign("sha256", Buffer.from(signed), privateKey).toString("base64url")}`;
}

function answer([id, scope, generation]: Family): Response {
  const access_token = sealAccessToken(id, scope);
  const id_token = scope.includes("openid") ? signIdToken(access_token) : undefined;
  const refresh_token = seal(`${id} ${generation}`);
  return json({ access_token, token_type: "Bearer", expires_in: 3600, refresh_token, scope, id_token });
}

function sealAccessToken(id: string, scope: string): string {
  return seal(`${id}|${randomBytes(16).toString("hex")}|${scope}|${Date.now()}|usr_1|grt_1`);
}

function json(body: object): Response {
  return new Response(JSON.stringify(body), { headers: { "content-type": "application/json" } });
}

function introspect(form: URLSearchParams): Response {
  const [, , scope, issuedAt, sub] = open(form.get("token")!).split("|") as [string, string, string, string, string];
  const iat = Math.floor(Number(issuedAt) / 1000);
  return json({ active: true, exp: iat + 3600, iat, scope, client_id: clientId, username: "maya", sub });
}

/** Of an app that acts for itself. */
function answerMachine(id: string, scope: string): Response {
  const access_token = id === jwtClientId ? signToken({ sub: id, scope }) : sealAccessToken(id, scope);
  return json({ access_token, token_type: "Bearer", expires_in: 3600, scope });
}

function authorize(request: Request): Response {
  const query = new URLSearchParams(request.url.slice(request.url.indexOf("?")));
  const session = request.headers.get("cookie")?.split("=")[1] ?? "";
  if (findSession.get(hash("sha256", session)) === undefined) throw new Error("nobody is signed in");
  const payload = [randomBytes(16).toString("hex"), query.get("code_challenge"), query.get("scope")].join("|");
  const location = `${query.get("redirect_uri")}?code=${seal(payload)}&state=${query.get("state")}`;
  return new Response(null, { status: 303, headers: { location } });
}

async function post(request: Request): Promise<Response> {
  const form = new URLSearchParams(Buffer.from(await request.arrayBuffer()).toString());
  const [id, secret] = atob(request.headers.get("authorization")!.slice(6)).split(":") as [string, string];
  if (hash("sha256", secret) !== secretHash) throw new Error("this is not the secret");
  if (request.url.endsWith("/introspect")) return introspect(form);
  if (form.get("grant_type") === "client_credentials") return answerMachine(id, form.get("scope")!);
  const now = BigInt(Date.now());
  const refreshToken = form.get("refresh_token");
  if (refreshToken !== null) {
    const [family, generation] = open(refreshToken).split(" ") as [string, string];
    return answer(await write(rotateFamily, now, now + 86_400_000n, family, BigInt(generation), now));
  }
  const [family, challenge, scope] = open(form.get("code")!).split("|") as [string, string, string];
  if (hash("sha256", form.get("code_verifier")!, "base64url") !== challenge)
    throw new Error("this is not the verifier");
  return answer(await write(addFamily, family, scope, now, now + 86_400_000n));
}

const fetch = (request: Request) => (request.method === "GET" ? authorize(request) : post(request));
createAdaptorServer({ fetch }).listen(Number(port), "127.0.0.1", () => {
  process.stdout.write(`${JSON.stringify({ ready: true, port: Number(port) })}\n`);
});
