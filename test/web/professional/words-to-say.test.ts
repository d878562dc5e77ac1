/**
 * What to say to the child now, and to a parent who asks: folded, from the documents, and never contradicting the
 * advice about parents.
 */
import { describe, expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import { wordsToSay } from '../../../server/consultation/script-lines.ts';
import { walkCases } from '../../../server/flow/compare/worked-cases.ts';
import { openApp, realLibrary, TODAY } from '../app.ts';
import { wordsOf } from '../page.ts';
import { jumpToResult } from '../walking.ts';

describe('what to say', () => {
  it('is folded on the result and on the telephone sheet, with its sources', async () => {
    const opened = await openApp();
    const visitor = opened.visit();
    const id = await jumpToResult(opened, visitor, 'bury', 'organised_abuse');
    expect((await visitor.go(paths.result(id))).words('a#words')).toContain('What to say meanwhile');
    for (const [address, open] of [
      [paths.wholeResult(id), true],
      [paths.call(id), false],
    ] as const) {
      const page = await visitor.go(address);
      expect(page.find('#words')?.hasAttribute('open')).toBe(open);
      expect(page.all('#to-child q').map(wordsOf)).toContain('It is not your fault.');
      expect(page.words('#words')).toContain('What to do when a child tells of abuse');
      expect(page.words('#to-parent')).toContain('Say nothing of the worry');
    }
  });

  it('tells a parent something only if the parents may hear of it, in every case', () => {
    let [told, silent] = [0, 0];
    for (const area of realLibrary.areas.values())
      for (const flow of area.flows.values()) {
        if (flow.reader !== 'professional' || area.script === undefined) continue;
        for (const { id, position } of walkCases(realLibrary, flow, TODAY)) {
          if (position.at.kind !== 'end') continue;
          const texts = wordsToSay(area.script, { flow, position }).parent.map(({ text }) => text);
          const { parents } = position.standing;
          const tells = texts.some((text) => text.startsWith('I am worried about your child'));
          expect(tells, `${flow.area.id}/${flow.id} ${id}`).toBe(parents === 'tell');
          const mustNot = parents === 'do not tell' || parents === 'ask first';
          expect(
            texts.some((text) => text.startsWith('Say nothing of the worry')),
            `${flow.id} ${id}`,
          ).toBe(mustNot);
          told += tells ? 1 : 0;
          silent += mustNot ? 1 : 0;
        }
      }
    expect(told).toBeGreaterThan(10);
    expect(silent).toBeGreaterThan(100);
  });

  it('has no words for a child if there is no particular child', () => {
    const area = realLibrary.areas.get('bury');
    const flow = area?.flows.get('no_particular_child');
    if (area?.script === undefined || flow === undefined) throw new Error('Bury lacks the door or the script');
    const ends = walkCases(realLibrary, flow, TODAY).filter(({ position }) =>
      position.means.includes('no_particular_child'),
    );
    expect(ends.length).toBeGreaterThan(0);
    for (const { position } of ends) expect(wordsToSay(area.script, { flow, position }).child).toEqual([]);
  });
});
