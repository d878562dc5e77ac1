/** Which parent the advice means, in every worked case of the real content, at every door. */
import { describe, expect, it } from 'vitest';
import { describeResult } from '../../server/consultation/result.ts';
import { walkCases } from '../../server/flow/compare/worked-cases.ts';
import { describeMark } from '../../server/flow/marks.ts';
import { TODAY } from '../flow/small-content.ts';
import { loadReal } from '../real-content.ts';

const library = loadReal();
const told = [...library.areas.values()].flatMap((area) =>
  [...area.flows.values()].flatMap((flow) =>
    walkCases(library, flow, TODAY).flatMap(({ id, answers, position }) => {
      if (position.at.kind !== 'end' || position.standing.parents === undefined) return [];
      const result = describeResult({ flow, position, answers }, { opened: TODAY, today: TODAY });
      const { word, sentence } = result.topics.parents ?? { word: '', sentence: '' };
      return [{ name: `${flow.id} ${id}`, means: new Set(position.means), word, sentence, door: result.askFirst }];
    }),
  ),
);

describe('the advice about parents', () => {
  it('never treats a harmed parent like the one who harms', () => {
    const atHome = told.filter(({ means, word }) => means.has('domestic_abuse') && word === 'ask first');
    expect(atHome.length).toBeGreaterThan(10);
    for (const { name, sentence, door } of atHome) {
      expect(sentence, name).toMatch(/^Say nothing to the one who harms\. /);
      expect(sentence, name).toContain(`ask ${door} `);
    }
  });

  it('says "tell" about only one parent if somebody at home may harm', () => {
    const harmedAtHome = told.filter(
      ({ means, word }) =>
        word === 'tell' &&
        ['parent_harms', 'other_family_harms', 'domestic_abuse', 'risky_adult'].some((who) => means.has(who)),
    );
    expect(harmedAtHome.length).toBeGreaterThan(0);
    for (const { name, sentence } of harmedAtHome) expect(sentence, name).toMatch(/the one who (harms|may harm)$/);
  });

  it('uses the general sentence if no parent is singled out', () => {
    const general = told.filter(({ means }) =>
      ['parent_harms', 'other_family_harms', 'domestic_abuse', 'risky_adult'].every((who) => !means.has(who)),
    );
    for (const { name, word, sentence, door } of general)
      expect(sentence, name).toBe(describeMark('parents', word, door));
    const secret = told.filter(({ word }) => word === 'do not tell');
    for (const { name, sentence } of secret) expect(sentence, name).toBe('Do not tell the parents');
  });
});
