/** `npm run node -- <file> …`: any program of this repository, under the Node it wants. */
import { runUnderNode24 } from "./bootstrap.mjs";

const [program, ...args] = process.argv.slice(2);
if (program === undefined) {
  console.error("Name the program: npm run node -- FILE [ARGUMENTS]");
  process.exitCode = 2;
} else {
  await runUnderNode24(program, args);
}
