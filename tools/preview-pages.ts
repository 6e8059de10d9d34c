/**
 * Writes every page of the server with sample data into a folder, to be looked at:
 *
 *     npm run node -- tools/preview-pages.ts /tmp/pages
 *     npm run node -- tools/preview-pages.ts /tmp/pages de
 *
 * The second word is a language, or `rtl` for English words written from right to left. The pages open from the disk. Each
 * is written as it comes, and again as `<name>.dark.html` with the dark theme forced.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { assetsFor } from "../packages/server/src/ui/index.ts";
import { frame, longBrand } from "./preview/frame.ts";
import { previews } from "./preview/index.ts";

const folder = process.argv[2];
if (!folder) {
  console.error("Name the folder to write to: npm run node -- tools/preview-pages.ts FOLDER [LANGUAGE]");
  process.exit(1);
}

for (const { brand } of [frame, longBrand]) {
  for (const asset of Object.values(assetsFor(brand))) write(asset.path, asset.body);
}
for (const [name, page] of Object.entries(previews)) {
  const fromDisk = page.replaceAll('href="/assets/', 'href="assets/');
  write(`${name}.html`, fromDisk);
  write(`${name}.dark.html`, fromDisk.replace("<html ", '<html data-theme="dark" '));
}
console.log(`${Object.keys(previews).length} pages are in ${folder}`);

function write(path: string, body: string): void {
  const file = join(folder!, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, body);
}
