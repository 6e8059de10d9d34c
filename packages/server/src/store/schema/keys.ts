export interface SigningKeysTable {
  /** The `kid`. */
  id: string;
  alg: string;
  public_jwk: string;
  private_sealed: string;
  created_at: number;
  /** Signs from this time on; published before. */
  active_at: number;
}
