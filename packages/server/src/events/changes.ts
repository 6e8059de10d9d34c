import type { Change, ChangeKind, Changes, Tx } from "../context.ts";
import { insertChange } from "./changes.sql.ts";

/** A listener must not throw: whoever hears of a change only lets go of what he remembers. */
export function createChanges(): Changes {
  const listeners: ((change: Change) => void)[] = [];
  return {
    apply(change) {
      for (const listener of listeners) listener(change);
    },
    subscribe(listener) {
      listeners.push(listener);
    },
  };
}

/**
 * Says in the changing transaction what changes, so that no memory outlives it: this process lets go right after the
 * commit, every other one within a second.
 */
export async function announce(tx: Tx, kind: ChangeKind, subjectId: string): Promise<void> {
  await insertChange(tx, { kind, subjectId });
  tx.afterCommit(() => tx.changes.apply({ kind, subjectId }));
}
