/** Telephone numbers as people write them. Pure. */

/** Digits that are compared: a number with its area code, without +44 or the leading 0. */
const COMPARED = 9;

/**
 * A key for each telephone number in the text. It is equal for the same number with or without blanks, brackets, +44 or
 * the leading 0. Numbers that follow each other are told apart by their leading 0 or +.
 */
export function telephoneKeys(text: string): string[] {
  const numbers: string[] = [];
  for (const run of text.match(/[+\d(][\d \t().+-]*/g) ?? []) {
    let digits = '';
    for (const group of run.replaceAll('(0)', ' ').match(/\+?\d+/g) ?? []) {
      if (withoutPrefix(digits).length >= COMPARED && /^[+0]/.test(group)) {
        numbers.push(digits);
        digits = '';
      }
      digits += group.replace(/\D/g, '');
    }
    numbers.push(digits);
  }
  return [...new Set(numbers.filter((one) => one.length >= COMPARED).map((one) => one.slice(-COMPARED)))];
}

/** The digits that belong to the number itself: those after 0044, 44 or 0. */
function withoutPrefix(digits: string): string {
  return digits.replace(/^(00)?44|^0/, '');
}
