/** Telephone numbers as people write them: the same key for the same number, and one for each of several. */
import { expect, it } from 'vitest';
import { telephoneKeys } from '../../server/base/telephone.ts';

it('reads one number however it is written', () => {
  const written = [
    '01614960001',
    '0161 496 0001',
    '(0161) 496-0001',
    '+44 161 496 0001',
    '+44 (0)161 496 0001',
    '00441614960001',
  ];
  expect(new Set(written.flatMap(telephoneKeys)).size).toBe(1);
  expect(telephoneKeys('Ring 0161 496 0001 after six')).toEqual(telephoneKeys(written[0] ?? ''));
});

it('reads each of several numbers, and none where there is none', () => {
  for (const both of ['0161 496 0001 07700 900123', '0161 496 0001, or +44 7700 900123', '0161 496 0001\n07700 900123'])
    expect(telephoneKeys(both)).toEqual(['614960001', '700900123']);
  for (const none of ['', 'at school', '0161', '27 3 2026']) expect(telephoneKeys(none)).toEqual([]);
});
