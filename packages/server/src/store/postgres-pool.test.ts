import { expect, it } from "vitest";
import { describeForgetfulness } from "./postgres-pool.ts";

it("names every setting by which a server would forget", () => {
  expect(describeForgetfulness(["fsync"])).toMatch(/: fsync is off\. Switch it on\.$/);
  expect(describeForgetfulness(["fsync", "full_page_writes"])).toMatch(
    /: fsync and full_page_writes are off\. Switch them on\.$/,
  );
});
