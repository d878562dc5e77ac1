import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toText } from '../../server/export/text.ts';
import { ANSWERS, DEEDS, makeRecord, TOLD } from './sample.ts';

const FULL = toText(makeRecord([...ANSWERS, ...DEEDS]));

function withNote(text: string): string {
  return toText(makeRecord([...ANSWERS, { kind: 'noted', text }]));
}

describe('the record as text', () => {
  it('begins with what it is and is not, and that nobody was told', () => {
    expect(FULL.split('\n').slice(0, 4)).toEqual([
      'RECORD OF A SAFEGUARDING CONSULTATION: B 48 29 17 35 2',
      'THIS IS NOT A REFERRAL',
      "YOU HAVE NOT TOLD CHILDREN'S SERVICES YET",
      '',
    ]);
    const told = toText(makeRecord([...ANSWERS, TOLD]));
    expect(told).not.toMatch(/not told children/i);
    expect(told).toContain('Told: A. Duty\nWhen: today at 14:20\nTheir reference: LCS 1234');
  });

  it.each([
    'Line: 48213, 22 November 2026 at 12:29\nHash: Zk3vX0q9PmRw2LtB\nSignature: c2lnbmF0dXJl',
    'Begun: 20 November 2026 at 09:00',
    'Asked by: Wanda Żółć',
    'Agency: St Anne’s',
    'Child: محمد ظہیر',
    'Level of need: Level 5, safeguarding',
    'Action: Refer to MASH now',
    'By when: Today, Friday 20 November 2026',
    'Do not tell the parents yet, or anything more if one told you',
    'Decision: OTHERWISE THAN ADVISED: Waited until the morning\n    Reason: The child was safe with an aunt',
    'Police: Not referred to the police\n    Reason: MASH will decide in the strategy meeting',
    'With: MASH, A. Duty\n    Purpose: Referral',
    'When: Within 1 working day, by Monday 23 November 2026',
    '1. Is the child at risk of significant harm?\n  Yes\n',
    'Who could tell: Health visitor',
    'If the answer had been "No" to "Is the child at risk of significant harm?"',
    'Guidance: level, version f00d',
    'Nobody has checked this contact. [BC 4]',
    'BT 5.7 (Referral): Thresholds: the continuum of need',
  ])('says: %s', (words) => expect(FULL).toContain(words));

  it('has 80 columns, no tabs, no trailing blanks, and plain signs', () => {
    const signs = fc.constantFrom(
      ' ',
      '\n',
      '\t',
      '’',
      '“',
      '–',
      '…',
      '\u00a0',
      'word',
      'Żółć',
      '陳小明',
      'x'.repeat(200),
    );
    const text = fc
      .array(fc.oneof(signs, fc.string({ unit: 'grapheme' })), { maxLength: 60 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (note) => {
        const lines = withNote(note).split('\n');
        for (const line of lines) {
          if (!/https?:|@/.test(line)) expect([...line].length).toBeLessThanOrEqual(80);
          expect(line).not.toMatch(/[\t\r\u201c-\u201f\u2028\u2029\u202a-\u202e\u2066-\u2069]|\s$/);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('leaves names as they were typed, and makes other signs plain', () => {
    const text = withNote('Siobhán O’Brien-Khan–Smith said ‘no’ – twice… “Not at D’Arcy’s.”');
    expect(text).toContain(`Siobhán O’Brien-Khan–Smith said 'no' - twice... "Not at D’Arcy’s."`);
  });

  it('loses no letter of what was written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }), (note) => {
        const bare = (text: string) => text.replace(/\s/g, '');
        const plain = note
          .replace(/(?<!\p{L})[‘’‚‛′]|[‘’‚‛′](?!\p{L})/gu, "'")
          .replace(/[“”„‟″«»]/g, '"')
          .replace(/(?<!\p{L})[‐‑‒–]|[‐‑‒–](?!\p{L})|[—―]/gu, '-')
          .replace(/…/g, '...');
        const signless = plain
          .replace(/[•·▪]/g, '*')
          .replace(/[→⇒]/g, '->')
          .replace(/[\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
        expect(bare(withNote(note))).toContain(bare(signless.replace(/\u0085/g, '')));
      }),
      { numRuns: 50 },
    );
  });

  it('cannot be tricked into showing a false heading', () => {
    const headings = (text: string) => text.split('\n').filter((line) => /^\S/.test(line));
    const hostile = 'one\n5. WHAT WAS DECIDED\n----\r\n\u2028CHILDREN TOLD: yes\u0085END OF THE RECORD\n';
    expect(headings(withNote(hostile))).toEqual(headings(withNote('one\ntwo')));
  });

  it('keeps addresses whole', () => {
    const address = `https://example.org/${'path/'.repeat(20)}`;
    expect(withNote(`See ${address} there`)).toContain(address);
  });

  it('is short if nothing was answered', () => {
    const text = toText(makeRecord([]));
    expect(text).toContain('Nothing yet, since no question is answered.');
    expect(text).toContain('Not answered yet');
  });
});
