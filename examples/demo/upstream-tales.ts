/** What the demo upstream "writes": short tales put together from phrases, the same tale for the same prompt. */

const heroes = [
  "a ferryman",
  "the night baker",
  "a retired cartographer",
  "the lock keeper’s daughter",
  "a quiet clerk",
];
const places = [
  "on the river road",
  "above the harbour",
  "in the last house of the lane",
  "under the old signal tower",
];
const wishes = [
  "wanted only to know",
  "had promised to find out",
  "was paid in apples to discover",
  "could not stop wondering",
];
const turns = [
  "The first evening brought nothing but rain, and the sound of somebody counting coins in the next room.",
  "A letter came, unsigned, with the ink still wet and one word crossed out twice.",
  "The lamp went out at the same minute every night, and nobody but the cat seemed to mind.",
  "On the third day a stranger asked for soup, ate it slowly, and paid with a key.",
  "The map was right in every street but one, and that was the street that mattered.",
  "Somewhere below, a door that had been painted shut for years was standing open.",
  "They wrote down what they had spent, line by line, and the sum agreed to the last penny.",
  "Nobody believed it until the bell rang, and then everybody said they had known all along.",
  "The wind turned, the boats swung round, and the whole harbour looked the other way.",
  "It took a spoon, a length of string, and more patience than either of them had.",
  "At the market the answer was for sale, but only by the dozen.",
  "The old innkeeper listened to the end, put the bill on the table, and smiled.",
];
const endings = [
  "In the morning the road was dry, and the story was already being told wrong.",
  "So the key went back on its hook, and there it still hangs.",
  "And if the bread was a little salty that winter, nobody asked why.",
  "The rest is on the bill, every line of it.",
];

/** FNV-1a, 32 bits: enough to choose phrases, nothing more. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193);
  return value >>> 0;
}

/** Mulberry32: the same seed gives the same phrases, on every machine. */
function chooser(seed: number): <T>(list: readonly T[]) => T {
  let state = seed;
  return (list) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return list[((mixed ^ (mixed >>> 14)) >>> 0) % list.length]!;
  };
}

function subjectOf(prompt: string): string {
  const words = prompt.replace(/\s+/g, " ").trim().split(" ").slice(0, 12).join(" ");
  return words.replace(/[.?!,;:]+$/, "") || "nothing in particular";
}

/** A tale of `paragraphs` short paragraphs about the prompt. `variant` tells the answers of one request apart. */
export function writeTale(prompt: string, model: string, paragraphs: number, variant: number): string {
  const pick = chooser(hash(`${model}\n${variant}\n${prompt}`));
  const left = [...turns];
  const turn = () => left.splice(left.indexOf(pick(left)), 1)[0]!;
  const opening = `There was once ${pick(heroes)} ${pick(places)} who ${pick(wishes)} what “${subjectOf(prompt)}” might mean. ${turn()}`;
  const middle = Array.from({ length: paragraphs - 2 }, () => `${turn()} ${turn()}`);
  return [
    `This is the demo upstream (${model}), not a real model.`,
    opening,
    ...middle,
    `${turn()} ${pick(endings)}`,
  ].join("\n\n");
}

/** The demo upstream's tokens: a piece of a word with the space before it, at least one byte each. */
export function splitTokens(text: string): string[] {
  return text.match(/\s?[\p{L}\p{N}]{1,6}|\s?[^\s\p{L}\p{N}]|\s/gu) ?? [];
}
