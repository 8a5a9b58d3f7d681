/** Characters of which esbuild makes short names; a digit never comes first. */
const ALPHABET = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_$0123456789';
const FIRST_LETTERS = 54;
/** Names that esbuild has shortened are no longer. */
const LONGEST = 3;

/**
 * What to put at the end of a module so that the short names which esbuild gives out depend on the code alone; nothing of it is left
 * in the output. esbuild hands out letters by how often each stands in the *text*, where comments and most uses of the
 * names themselves do not count, but types, code that is dropped and the declarations of names do: `let rate` instead of `let share` may
 * swap `e` and `t` all over the bundle. With so many of each letter added, their order is always that of the alphabet.
 * @param code already shortened once
 */
export function fixLetterOrder(code: string): string {
  const [inText, inNames, names] = [new Map<string, number>(), new Map<string, number>(), new Set<string>()];
  countInto(inText, code);
  for (const [name] of code.matchAll(/(?<![\w$.])[A-Za-z_$][\w$]*/g)) {
    if (name.length > LONGEST) continue;
    names.add(name);
    countInto(inNames, name);
  }
  const most = Math.max(0, ...inText.values());
  // esbuild takes off again what it counts as uses of names: at most this for any letter.
  const step = Math.max(0, ...inNames.values()) + 4;
  // Letters that no name needs may come in any order.
  const needed = names.size + 4 > FIRST_LETTERS ? ALPHABET.length : names.size + 4;
  const padding = ALPHABET.split('').map((letter, rank) =>
    letter.repeat(most - (inText.get(letter) ?? 0) + Math.max(0, needed - rank) * step),
  );
  return `;0&&_.a${padding.join('')};`;
}

function countInto(counts: Map<string, number>, text: string): void {
  for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1);
}
