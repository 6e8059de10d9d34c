import { runUnderNode24 } from "./bootstrap.mjs";

await runUnderNode24("examples/demo/start.ts");
