/** Who pays. Its wallet has the same id. */
export interface Workspace {
  id: string;
  kind: "personal";
  name: string;
}
