import type { Sent } from "./openapi-cases.ts";
import { checkerOf, type Document, type Documented, type Schema } from "./openapi-document.ts";
import type { World } from "./openapi-world.ts";

/** A request that must be refused, and what is wrong with it. */
export interface Mistake {
  what: string;
  sent: Sent;
  raw?: RequestInit;
}

/** Everything that can be done wrong with an operation, read off the document. */
export function mistakesOf(world: World, document: Document, operation: Documented, good: Sent): Mistake[] {
  return [
    ...wrongCallers(operation, good),
    ...wrongIds(world, operation, good),
    ...wrongQueries(document, operation, good),
    ...wrongBodies(document, operation, good),
    ...wrongForms(operation, good),
    ...wrongBytes(good),
  ];
}

function wrongCallers({ name, security }: Documented, good: Sent): Mistake[] {
  if (security.length === 0 || security.some((way) => Object.keys(way).length === 0)) return [];
  const broken = (what: string, authorization: string) => ({
    what,
    sent: { ...good, as: "nobody" as const },
    raw: { headers: { authorization } },
  });
  const takesKeys = security.some((way) => "apiKey" in way);
  return [
    { what: "nobody calls", sent: { ...good, as: "nobody" } },
    broken("an unknown key", `Bearer sk-ik-${"0".repeat(40)}`),
    broken("another scheme", "Basic bWF5YTptYXlh"),
    { what: takesKeys ? "a scope too little" : "a key", sent: { ...good, as: takesKeys ? "narrowKey" : "key" } },
    ...(name.startsWith("GET") || !security.some((way) => "session" in way)
      ? []
      : [{ what: "a form of another site", sent: { ...good, as: "session" as const }, raw: foreign }]),
  ];
}

const foreign = { headers: { origin: "https://evil.example" } };

function wrongIds({ lea }: World, { parameters }: Documented, good: Sent): Mistake[] {
  return parameters
    .filter((parameter) => parameter.in === "path")
    .flatMap(({ name }) => {
      const others = lea.ids[name];
      if (others === undefined) throw new Error(`what is the ${name} of somebody else?`);
      const values = [others, "unknown", "x".repeat(200), "%00", "%2e%2e%2f", "%ff", "a'b", "%F0%9F%90%88"];
      return values.map((value) => ({
        what: `${name} ${value.slice(0, 20)}`,
        sent: { ...good, params: { ...good.params, [name]: value } },
      }));
    })
    .filter(({ sent }) => JSON.stringify(sent) !== JSON.stringify(good));
}

function wrongQueries(document: Document, { parameters }: Documented, good: Sent): Mistake[] {
  const texts = ["x", "-1", "1.5", "1e9", "99999999999999999999", "x".repeat(5000)];
  return parameters
    .filter((parameter) => parameter.in === "query")
    .flatMap(({ name, schema, required }) => {
      const checker = checkerOf(document, schema);
      const wrong = texts.filter((text) => {
        const meant = schema.type === "integer" && !Number.isNaN(Number(text)) ? Number(text) : text;
        return !checker.safeParse(meant).success;
      });
      const { [name]: _, ...others } = good.query ?? {};
      const mistakes = wrong.map((text) => ({
        what: `${name}=${text.slice(0, 20)}`,
        sent: { ...good, query: { ...good.query, [name]: text } },
      }));
      return required ? [...mistakes, { what: `no ${name}`, sent: { ...good, query: others } }] : mistakes;
    });
}

const values = [0, 1.5, "", "x", true, [], {}, null, [[]], [0], "x".repeat(70_000)];

function wrongBodies(document: Document, { sent, isSentRequired }: Documented, good: Sent): Mistake[] {
  const schema = sent["application/json"];
  if (!schema) return [];
  const { properties = {}, required = [] } = schema as { properties?: Record<string, Schema>; required?: string[] };
  const body = good.body ?? {};
  const inPlace = Object.entries(properties).flatMap(([name, property]) => {
    const checker = checkerOf(document, property);
    const wrong = [...values, ...tooLong(property)].filter((value) => !checker.safeParse(value).success);
    return wrong.map((value) => ({
      what: `${name}: ${JSON.stringify(value).slice(0, 20)}`,
      sent: { ...good, body: { ...body, [name]: value } },
    }));
  });
  const missing = required.map((name) => {
    const { [name]: _, ...others } = body;
    return { what: `no ${name}`, sent: { ...good, body: others } };
  });
  const whole = ["[]", '"x"', "7", "null", "{", "", `{"x":${"[".repeat(100)}${"]".repeat(100)}}`].map((text) => ({
    what: `the body ${text.slice(0, 20)}`,
    sent: good,
    raw: { body: text, headers: { "content-type": "application/json" } },
  }));
  const types = ["text/plain", "application/x-www-form-urlencoded", "application/json-patch+json"].map((type) => ({
    what: `a body of the type ${type}`,
    sent: good,
    raw: { body: JSON.stringify(body), headers: { "content-type": type } },
  }));
  const none = isSentRequired ? [{ what: "no body", sent: omitBody(good) }] : [];
  return [...inPlace, ...missing, ...whole, ...types, ...none];
}

function tooLong({ maxLength, maxItems }: Schema): unknown[] {
  return [
    ...(maxLength === undefined ? [] : ["x".repeat(maxLength + 1)]),
    ...(maxItems === undefined ? [] : [Array.from({ length: maxItems + 1 }, (_, index) => `x${index}`)]),
  ];
}

function omitBody({ body: _, ...rest }: Sent): Sent {
  return rest;
}

function wrongBytes(good: Sent): Mistake[] {
  if (!good.bytes) return [];
  const { type } = good.bytes;
  const send = (what: string, type: string, content: string) => ({
    what,
    sent: { ...good, bytes: { type, content: new TextEncoder().encode(content) } },
  });
  return [
    send("bytes of another type", "text/html", "<script>"),
    send("bytes that say what they are not", type, "<script>"),
    send("no bytes", type, ""),
    send("too many bytes", type, "x".repeat(8_000_000)),
  ];
}

function wrongForms({ sent }: Documented, good: Sent): Mistake[] {
  const schema = sent["application/x-www-form-urlencoded"];
  if (!schema || !good.form) return [];
  const { form } = good;
  const required = (schema.required ?? []) as string[];
  const missing = required.map((name) => {
    const { [name]: _, ...others } = form;
    return { what: `no ${name}`, sent: { ...good, form: others } };
  });
  const texts: [what: string, body: string][] = [
    ["twice", `${new URLSearchParams(form)}&${new URLSearchParams(form)}`],
    ["of broken percents", "token=%zz&client_id=%ff"],
    ["too large", `token=${"x".repeat(70_000)}`],
  ];
  const strangers =
    "client_secret" in schema.properties ? [{ ...form, client_id: "cid_unknown", client_secret: "x" }] : [];
  const type = "application/x-www-form-urlencoded";
  return [
    ...missing,
    ...strangers.map((form) => ({ what: "a client nobody knows", sent: { ...good, form } })),
    ...texts.map(([what, body]) => ({
      what: `a form ${what}`,
      sent: good,
      raw: { body, headers: { "content-type": type } },
    })),
    {
      what: "JSON for a form",
      sent: good,
      raw: { body: JSON.stringify(form), headers: { "content-type": "application/json" } },
    },
  ];
}
