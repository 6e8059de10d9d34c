export type { Workspace } from "./workspace.ts";
export { workspacesOf } from "./workspaces.sql.ts";
export { createPersonalWorkspace, getPersonalWorkspace } from "./workspaces.ts";
