import { Resolver as Resolving } from "node:dns/promises";

/** Asks the domain name system. */
export interface Resolver {
  /** Every address of a host, of both families; empty when it has none. */
  addresses(host: string): Promise<string[]>;
  /** Every text of a name, each in one piece; empty when it has none. */
  texts(name: string): Promise<string[]>;
}

/**
 * Asks name servers itself, so neither the machine's hosts file nor its few threads for blocking calls are open to
 * strangers' names.
 */
export function systemResolver(): Resolver {
  const resolving = new Resolving({ timeout: 2000, tries: 2 });
  return {
    async addresses(host) {
      const families = await Promise.all([orNone(resolving.resolve4(host)), orNone(resolving.resolve6(host))]);
      return families.flat();
    },
    texts: async (name) => (await orNone(resolving.resolveTxt(name))).map((pieces) => pieces.join("")),
  };
}

/** A name that does not exist and one that nobody answers for are the same to whoever asks. */
function orNone<T>(answer: Promise<T[]>): Promise<T[]> {
  return answer.catch(() => []);
}
