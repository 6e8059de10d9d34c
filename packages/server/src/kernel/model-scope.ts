/** What may stand in a scope (RFC 6749 3.3), as long as the longest name of a model. */
const expressible = /^[\x21\x23-\x5b\x5d-\x7e]{1,128}$/;

const before = "gateway:";
const after = ":invoke";
const canonical = "gateway:invoke:";

/** The permission to use one model. */
export function modelScope(model: string): string {
  return canonical + model;
}

/** Whether a model can be asked for by itself: some names do not fit into a scope. */
export function hasModelScope(model: string): boolean {
  return expressible.test(model);
}

/**
 * The model of `gateway:invoke:{model}` or `gateway:{model}:invoke`, both of which are written; undefined for any other
 * word. Whether there is such a model is for whoever knows the configuration.
 */
export function modelOf(scope: string): string | undefined {
  if (!scope.startsWith(before)) return undefined;
  const model = scope.startsWith(canonical) ? scope.slice(canonical.length) : middleOf(scope);
  return hasModelScope(model) ? model : undefined;
}

function middleOf(scope: string): string {
  return scope.endsWith(after) ? scope.slice(before.length, -after.length) : "";
}

/** One spelling of a word that has two. */
export function canonicalScope(word: string): string {
  const model = modelOf(word);
  return model === undefined ? word : modelScope(model);
}
