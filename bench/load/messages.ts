/** Requests as the text that goes over the wire. */

type Headers = Record<string, string>;

export function get(path: string, headers: Headers = {}): string {
  return `GET ${path} HTTP/1.1\r\n${headerLines(headers)}\r\n`;
}

export function postForm(path: string, fields: Record<string, string>, headers: Headers = {}): string {
  return post(path, new URLSearchParams(fields).toString(), "application/x-www-form-urlencoded", headers);
}

export function postJson(path: string, value: unknown, headers: Headers = {}): string {
  return post(path, JSON.stringify(value), "application/json", headers);
}

export function basic(id: string, secret: string): Headers {
  return { authorization: `Basic ${btoa(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`)}` };
}

export function bearer(token: string): Headers {
  return { authorization: `Bearer ${token}` };
}

function post(path: string, body: string, type: string, headers: Headers): string {
  const all = { ...headers, "content-type": type, "content-length": String(body.length) };
  return `POST ${path} HTTP/1.1\r\n${headerLines(all)}\r\n${body}`;
}

function headerLines(headers: Headers): string {
  return Object.entries({ host: "127.0.0.1", ...headers })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join("");
}
