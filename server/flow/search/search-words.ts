/** Normalises words for the search: lower case, without accents or endings. */

/** Common words that carry no meaning for the search. */
const EMPTY = new Set(
  'a about after again all also am an and any are as at be been before being but by can cannot could did do does dont done down even ever every find finds for found from get gets getting go goes going gone got had has have he her here hers him his how i if im in into is it its just keep keeps know like lot made make makes may me might more most much my need needs no not now of off on one only or other our out over own please put said say says see seem seems she should so some something still such take tell than that the their them then there these they thing things think this those through time to told too under until up us use used very was door we well went were what when where which while who whose why will with without would year years yes you your'.split(
    ' ',
  ),
);

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

/** Removes an ending, so that "exploited" and "exploitation" match. At least four letters remain. */
export function stem(word: string): string {
  const ending = ENDINGS.find((item) => word.endsWith(item) && word.length - item.length >= 4);
  return ending === undefined ? word : word.slice(0, -ending.length);
}

/** Lower case, without accents and apostrophes, with single spaces between words. */
export function plain(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\p{Mn}’']/gu, '')
    .replace(/[^\p{L}\p{N}|]+/gu, ' ')
    .trim();
}

/** The words of a normalised text that carry meaning. */
export function tokensOf(text: string): string[] {
  return text.split(/[ |]+/).filter((word) => word.length > 1 && word.length <= 40 && !EMPTY.has(word));
}
