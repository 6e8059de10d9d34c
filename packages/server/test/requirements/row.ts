/** id, status, sentence, source. */
export type Row = [id: string, status: "shown" | "later", sentence: string, source: string];
