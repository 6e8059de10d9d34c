import { runUnderNode24 } from "./bootstrap.mjs";

await runUnderNode24("packages/cli/src/main.ts");
