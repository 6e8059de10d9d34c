/** The accounts between which entries move money. A wallet's own account carries its id. */
export const platform = {
  /** Where a credit comes from. */
  credit: "platform:credit",
  /** Where the price of a call goes. */
  revenue: "platform:revenue",
  /** Pays what a call cost above its hold. */
  loss: "platform:loss",
} as const;

export function walletAccount(walletId: string): string {
  return `wallet:${walletId}`;
}
