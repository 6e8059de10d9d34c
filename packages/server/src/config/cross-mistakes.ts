import { dollars, startingCap } from "./file-shape.ts";

/**
 * Where parts of the file contradict each other. It reads what was written and not what came of it, so that a mistake elsewhere
 * hides none of these; a part that cannot be read has its own mistake already.
 */
export function crossMistakes(file: unknown, issuer: string): string[] {
  return [
    ...modelMistakes(memberOf(file, "models"), memberOf(file, "upstreams")),
    ...capMistakes(memberOf(file, "budgets")),
    ...phoneMistakes(memberOf(file, "phone"), issuer),
  ];
}

function modelMistakes(models: unknown, upstreams: unknown = {}): string[] {
  if (!isObject(models) || !isObject(upstreams)) return [];
  return Object.entries(models).flatMap(([name, model]) => {
    const upstream = memberOf(model, "upstream");
    if (typeof upstream !== "string" || Object.hasOwn(upstreams, upstream)) return [];
    return [`models.${name}.upstream: there is no upstream "${upstream}"`];
  });
}

function capMistakes(budgets: unknown): string[] {
  const starting = startingCap.safeParse(memberOf(budgets, "default"));
  if (!starting.success) return [];
  const { limit, period } = starting.data;
  const ceiling = dollars.safeParse(memberOf(memberOf(budgets, "ceilings"), period));
  return ceiling.success && limit > ceiling.data ? [`budgets.default.limit: is above budgets.ceilings.${period}`] : [];
}

/** A code that the page shows proves nothing. */
function phoneMistakes(phone: unknown, issuer: string): string[] {
  if (memberOf(phone, "kind") !== "development" || issuer.startsWith("http://")) return [];
  return ["phone.kind: development shows its codes to everybody; it is allowed on an http issuer on loopback only"];
}

function memberOf(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
