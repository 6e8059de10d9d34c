interface Stored {
  grantId?: string;
  uid?: string;
  consumed?: number;
}

/**
 * Everything in one Map: the least work a store can be. The memory adapter that comes with oidc-provider is for
 * development; it keeps the latest thousand entries only, and its cost grows with the tokens of a grant.
 */
export class MapAdapter {
  static readonly #stored = new Map<string, Stored>();
  static readonly #grants = new Map<string, Set<string>>();
  readonly #model: string;

  constructor(model: string) {
    this.#model = model;
  }

  async upsert(id: string, payload: Stored): Promise<void> {
    const key = this.#key(id);
    MapAdapter.#stored.set(key, payload);
    if (payload.uid !== undefined) MapAdapter.#stored.set(`uid:${payload.uid}`, payload);
    if (payload.grantId === undefined) return;
    const members = MapAdapter.#grants.get(payload.grantId) ?? new Set();
    MapAdapter.#grants.set(payload.grantId, members.add(key));
  }

  async find(id: string): Promise<Stored | undefined> {
    return MapAdapter.#stored.get(this.#key(id));
  }

  async findByUid(uid: string): Promise<Stored | undefined> {
    return MapAdapter.#stored.get(`uid:${uid}`);
  }

  async findByUserCode(): Promise<undefined> {}

  async consume(id: string): Promise<void> {
    MapAdapter.#stored.get(this.#key(id))!.consumed = Math.floor(Date.now() / 1000);
  }

  async destroy(id: string): Promise<void> {
    MapAdapter.#stored.delete(this.#key(id));
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    for (const key of MapAdapter.#grants.get(grantId) ?? []) MapAdapter.#stored.delete(key);
    MapAdapter.#grants.delete(grantId);
  }

  #key(id: string): string {
    return `${this.#model}:${id}`;
  }
}
