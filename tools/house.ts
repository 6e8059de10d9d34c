import { posix } from "node:path";
import { type ESTree, parseSync } from "vite";

/** The rooms of `packages/server/src`, from the ground up. Imports go down, or stay within a room. */
export const floors: readonly (readonly string[])[] = [
  ["kernel"], // words: time, chance, money, faults, hashes, seals
  ["config", "store", "http", "ui", "pictures"], // tools; know only the kernel
  ["context"], // what every function receives first
  ["events", "mail"], // audit log, outbox, change feed; letters to people
  ["people", "workspaces", "apps", "keys", "ledger"], // own their tables, know no other room
  ["consent", "accounts"], // who allowed what, up to how much; a person, workspace and wallet born together
  ["tokens"], // the hinge: oauth mints, gateway verifies
  ["personal-data"], // everything about one person, given out and taken away
  ["oauth", "gateway"], // the two businesses; they never see each other
  ["interaction", "wires", "api"], // people and machines that act on the protocol
  ["chores", "health"], // what runs beside requests
  ["server"], // composition
  ["index"], // what the package shows
  ["testing"], // what tests stand on
];

/** From this floor up a room is entered through its door, `index.ts`. */
const DOORS_FROM = 3;
const MAX_FILE_LINES = 400;
const MAX_FUNCTION_LINES = 70;
const HOUSE = "packages/server/src/";

/** One source file: where it is, whom it imports (types included), and what its code says outside comments. */
export type SourceFile = {
  path: string;
  lines: number;
  imports: string[];
  reexportsAll: boolean;
  functions: { line: number; lines: number }[];
  words: string[];
};

export function readSource(path: string, text: string): SourceFile {
  const { program, errors } = parseSync(path, text);
  if (errors[0]) throw new Error(`${path}: ${errors[0].message}`);
  const lineAt = (offset: number) => text.slice(0, offset).split("\n").length;
  const file: SourceFile = {
    path,
    lines: lineAt(text.trimEnd().length),
    imports: [],
    reexportsAll: false,
    functions: [],
    words: [],
  };
  visit(program, (node) => {
    const source = importedFrom(node);
    if (source !== undefined) file.imports.push(source);
    if (node.type === "ExportAllDeclaration") file.reexportsAll = true;
    if (node.type.includes("Function") && "body" in node && node.body) {
      const line = lineAt(node.start);
      file.functions.push({ line, lines: lineAt(node.end) - line + 1 });
    }
    const word = spelled(node);
    if (word !== undefined) file.words.push(word);
  });
  return file;
}

function visit(node: ESTree.Node, see: (node: ESTree.Node) => void): void {
  see(node);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof child === "object" && child !== null && typeof child.type === "string") visit(child, see);
    }
  }
}

function importedFrom(node: ESTree.Node): string | undefined {
  const importing = [
    "ImportDeclaration",
    "ExportNamedDeclaration",
    "ExportAllDeclaration",
    "ImportExpression",
    "TSImportType",
  ];
  if (!importing.includes(node.type) || !("source" in node)) return undefined;
  const source = node.source as { value?: unknown } | null;
  return typeof source?.value === "string" ? source.value : undefined;
}

/** The text of names and strings; `a.b` for members and `new A()` for argumentless construction stand for themselves too. */
function spelled(node: ESTree.Node): string | undefined {
  if (node.type === "Identifier") return node.name;
  if (node.type === "Literal") return typeof node.value === "string" ? node.value : undefined;
  if (node.type === "TemplateElement") return node.value.raw;
  if (node.type === "MemberExpression" && node.object.type === "Identifier") {
    return node.property.type === "Identifier" ? `${node.object.name}.${node.property.name}` : `${node.object.name}.`;
  }
  if (node.type === "NewExpression" && node.callee.type === "Identifier" && node.arguments.length === 0) {
    return `new ${node.callee.name}()`;
  }
  return undefined;
}

/** Every place where the tree breaks a rule of the house, one sentence each. */
export function violations(files: SourceFile[]): string[] {
  const found: string[] = [];
  for (const file of files) {
    const say = (text: string) => found.push(`${file.path} ${text}`);
    sizes(file, say);
    if (file.path.startsWith(HOUSE) && !file.path.endsWith(".test.ts")) {
      directions(file, say);
      spellings(file, say);
    }
  }
  return [...found, ...cycles(files)];
}

function sizes(file: SourceFile, say: (text: string) => void): void {
  if (file.lines > MAX_FILE_LINES) say(`has ${file.lines} lines, more than ${MAX_FILE_LINES}`);
  if (file.path.endsWith(".test.ts")) return;
  for (const { line, lines } of file.functions) {
    if (lines > MAX_FUNCTION_LINES)
      say(`has a function of ${lines} lines at line ${line}, more than ${MAX_FUNCTION_LINES}`);
  }
}

const roomOf = (path: string) => path.slice(HOUSE.length).split("/")[0]?.replace(/\.ts$/, "") ?? "";
/** A room of one file is its own door. */
const isDoor = (room: string, path: string) => path === `${HOUSE}${room}/index.ts` || path === `${HOUSE}${room}.ts`;

const floorOf = (room: string) => floors.findIndex((rooms) => rooms.includes(room));

function directions(file: SourceFile, say: (text: string) => void): void {
  const room = roomOf(file.path);
  if (floorOf(room) < 0) {
    say(`stands in "${room}", which is on no floor`);
    return;
  }
  if (file.reexportsAll) say("exports *; doors export by name");
  for (const target of file.imports.flatMap((source) => resolved(file.path, source) ?? [])) {
    const other = roomOf(target);
    if (!target.startsWith(HOUSE)) say(`imports ${target}, outside the server's source`);
    else if (other === room || room === "testing") continue;
    else if (floorOf(other) >= floorOf(room)) say(`imports ${target}; imports go down only`);
    else if (floorOf(other) >= DOORS_FROM && !isDoor(other, target)) say(`imports ${target}, not its room's door`);
  }
}

function resolved(path: string, source: string): string | undefined {
  return source.startsWith(".") ? posix.join(posix.dirname(path), source) : undefined;
}

function spellings(file: SourceFile, say: (text: string) => void): void {
  const room = roomOf(file.path);
  const inStore = room === "store";
  const queries = inStore || file.path.endsWith(".sql.ts");
  const ownsTimeOrChance = [`${HOUSE}kernel/clock.ts`, `${HOUSE}kernel/random.ts`].includes(file.path);
  const timeAndChance = /^(Date\.now|new Date\(\)|Math\.random|.*\b(randomUUID|getRandomValues|randomBytes))$/;
  const first = (pattern: RegExp) => file.words.find((word) => pattern.test(word));

  if (!queries && file.imports.some((source) => /^kysely(\/|$)/.test(source)))
    say("imports kysely; only *.sql.ts and store/ do");
  const database = first(/sqlite|postgres/i);
  if (!inStore && room !== "testing" && database !== undefined)
    say(`spells "${database}"; only store/ knows which database it is`);
  const ambient = first(timeAndChance);
  if (!ownsTimeOrChance && room !== "testing" && ambient !== undefined)
    say(`spells ${ambient}; time and chance come with the context`);
  if (first(/^(process\..*|(node:)?process)$/) !== undefined) say("spells process; the process is another package");
}

/** Import cycles, each told once, from its alphabetically first file. */
function cycles(files: SourceFile[]): string[] {
  const targets = new Map(
    files.map((file) => [file.path, file.imports.flatMap((source) => resolved(file.path, source) ?? [])]),
  );
  const done = new Set<string>();
  const found = new Set<string>();
  const walk = (path: string, trail: string[]) => {
    const seenAt = trail.indexOf(path);
    if (seenAt >= 0) return found.add(trail.slice(seenAt).sort().join(" and "));
    if (done.has(path)) return;
    for (const target of targets.get(path) ?? []) walk(target, [...trail, path]);
    done.add(path);
  };
  for (const path of targets.keys()) walk(path, []);
  return [...found].map((ring) => `${ring} import each other in a ring`);
}
