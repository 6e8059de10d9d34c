import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openRegistryStage, type RegistryStage } from "./registry-stage.ts";

let stage: RegistryStage;

beforeEach(async () => {
  stage = await openRegistryStage();
  for (const [name, description] of [
    ["100% Notes", "Everything"],
    ["Snake_case", "All of it"],
    ["Snakeicase", "Looks alike"],
    ["Quarry", "Digs deep"],
    ["Back\\slash", "Never a name"],
  ] as const) {
    const named = name.replace(/[%\\]/g, "");
    const more = { description: `${description} ${name}`, public: named !== "Quarry" };
    await stage.addApp(stage.maya.id, { name: named, ...more });
  }
});
afterEach(() => stage.close());

const list = (query: Record<string, string>, who: "mayas" | "kits" = "kits") =>
  stage[who].call("GET", `/idp/apps?${new URLSearchParams(query)}`);
const names = async (query: Record<string, string>, who?: "mayas" | "kits") =>
  (await list(query, who)).body.items.map(({ name }: { name: string }) => name);

describe("[N04] searching", () => {
  it("looks for signs as they stand, in any letter case", async () => {
    expect(await names({ search: "%" })).toEqual(["100 Notes"]);
    expect(await names({ search: "0% n" })).toEqual(["100 Notes"]);
    expect(await names({ search: "snake_" })).toEqual(["Snake_case"]);
    expect(await names({ search: "\\" })).toEqual(["Backslash"]);
    expect(await names({ search: "SNAKE" })).toEqual(["Snakeicase", "Snake_case"]);
    expect(await names({ search: "!" })).toEqual([]);
    expect(await names({ search: "' or 1=1 --" })).toEqual([]);
  });

  it.each(["%", "_", "%_", "!", "a", "ß", "İ"])("takes a thousand characters of %j, and no more", async (sign) => {
    const long = await list({ search: sign.repeat(1000).slice(0, 1000) });
    expect([long.status, long.body.total]).toEqual([200, 0]);
    const longer = await list({ search: sign.repeat(1001).slice(0, 1001) });
    expect([longer.status, longer.body.detail[0].loc]).toEqual([422, ["query", "search"]]);
  });

  it("finds nobody's private app by its words", async () => {
    expect(await names({ search: "digs" })).toEqual([]);
    expect(await names({ search: "digs" }, "mayas")).toEqual(["Quarry"]);
  });
});

describe("paging", () => {
  it("by number: each app once, and how many there are in all", async () => {
    const pages = await Promise.all(["0", "1", "2"].map((page) => list({ page, limit: "2" })));
    expect(pages.map(({ body }) => body.total)).toEqual([5, 5, 5]);
    expect(pages.flatMap(({ body }) => body.items.map(({ name }: { name: string }) => name))).toEqual([
      "Backslash",
      "Snakeicase",
      "Snake_case",
      "100 Notes",
      "Storyteller",
    ]);
    expect((await list({ page: "1000000", limit: "100" })).body).toMatchObject({ total: 5, items: [], next: null });
  });

  it("by cursor: what comes or goes in between repeats nothing and leaves nothing out", async () => {
    const first = (await list({ limit: "2" })).body;
    await stage.addApp(stage.maya.id, { name: "Newest" });
    const second = (await list({ limit: "2", cursor: first.next })).body;
    const third = (await list({ limit: "2", cursor: second.next })).body;
    const seen = [first, second, third].flatMap(({ items }) => items.map(({ name }: { name: string }) => name));
    expect(seen).toEqual(["Backslash", "Snakeicase", "Snake_case", "100 Notes", "Storyteller"]);
    expect(third.next).toBeNull();
  });
});

describe("[N05] a cursor", () => {
  it("forged, cut, changed or of another purpose: 400", async () => {
    const { next } = (await list({ limit: "1" })).body;
    const middle = Math.floor(next.length / 2);
    const changed = `${next.slice(0, middle)}${next[middle] === "A" ? "B" : "A"}${next.slice(middle + 1)}`;
    for (const cursor of [next.slice(1), next.slice(0, -1), changed, `${next}A`, "x", stage.app.id, "e30", "{}"]) {
      const refused = await list({ limit: "1", cursor });
      expect([refused.status, refused.body.detail]).toEqual([400, expect.stringContaining("This cursor is not")]);
    }
    expect((await list({ limit: "1", cursor: next })).status).toBe(200);
  });

  it("of another caller, listing or filter: 400", async () => {
    const { next: cursor } = (await list({ limit: "1" })).body;
    expect((await list({ limit: "1", cursor }, "mayas")).status).toBe(400);
    for (const filter of [
      { search: "snake" },
      { include_public: "false" },
      { include_shared: "false" },
      { user_id: "me" },
      { page: "1" },
    ] as Record<string, string>[]) {
      expect((await list({ limit: "1", cursor, ...filter })).status).toBe(400);
    }
    expect((await list({ limit: "3", cursor })).body.items).toHaveLength(3);
  });

  it("tells nothing of what it points to", async () => {
    const { next, items } = (await list({ limit: "1" })).body;
    expect(Buffer.from(next, "base64url").toString("latin1")).not.toContain(items[0].app_id);
  });
});
