/** Everything about one person, over all rooms: given out, and taken away. */
export { finishDeletions, requestDeletion } from "./deletion.ts";
export { type ExportPart, type ExportPlace, exportLimit, exportPart, exportText } from "./export.ts";
