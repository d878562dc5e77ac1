/** Words as the search compares them: small letters, without endings; and which known word a misspelt one may be. */

/** Words that stand everywhere and mean nothing here. */
const EMPTY = new Set(
  'a an and are as at be been but by can do does for from has have he her him his how i if in is it its may me my of on or our she should so some that the their them there they this to was we what when where which who why will with would you your'.split(
    ' ',
  ),
);

export function tokensOf(text: string): string[] {
  const words = text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replace(/[’']s\b/g, '')
    .match(/[\p{L}\p{N}]+/gu);
  return (words ?? []).filter((word) => word.length > 1 && word.length <= 40 && !EMPTY.has(word));
}

const ENDINGS = [
  'ations',
  'ation',
  'ings',
  'ing',
  'ements',
  'ement',
  'ied',
  'ies',
  'ed',
  'ers',
  'er',
  'es',
  's',
  'y',
  'e',
];

/** Cut off so that "exploited" and "exploitation" meet. What is left has four letters or more. */
export function stem(word: string): string {
  const ending = ENDINGS.find((item) => word.endsWith(item) && word.length - item.length >= 4);
  return ending === undefined ? word : word.slice(0, -ending.length);
}

/** The known words that are fewest slips away: one slip in a short word, two in a long one, none in a very short one. */
export function closest(word: string, known: Iterable<string>): string[] {
  if (word.length < 4) return [];
  const allowed = word.length < 7 ? 1 : 2;
  let least = allowed;
  let found: string[] = [];
  for (const candidate of known) {
    if (candidate.length < 4 || Math.abs(candidate.length - word.length) > least) continue;
    const slips = slipsBetween(word, candidate);
    // Two slips and another beginning: that is another word.
    if (slips > least || (slips > 1 && candidate[0] !== word[0])) continue;
    if (slips < least) found = [];
    least = slips;
    found.push(candidate);
  }
  return found;
}

/** A letter too much, too little or another one is a slip; so are two letters that changed places. */
function slipsBetween(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const best = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = swapped ? Math.min(best, at(before, j - 2) + 1) : best;
    }
    [before, last] = [last, row];
  }
  return at(last, b.length);
}

function at(row: number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
