export interface GrantsTable {
  id: string;
  user_id: string;
  workspace_id: string;
  app_id: string;
  /** Space separated. */
  scopes: string;
  /** Null while spending is refused. */
  budget_id: string | null;
  /** JSON: the proposals the user has answered, refused scopes included. */
  answered: string;
  generation: number;
  expires_at: number | null;
  created_at: number;
  updated_at: number;
  revoked_at: number | null;
}
