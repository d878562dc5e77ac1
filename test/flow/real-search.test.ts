/** The search over the real flows, with the phrases that people type. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { checkPhrases } from '../../server/flow/check/phrases.ts';
import { checkSearch } from '../../server/flow/check/search.ts';
import { readContent } from '../../server/flow/language/content.ts';
import { searchDoors } from '../../server/flow/search/search.ts';
import { contentFiles, realLibrary } from '../web/app.ts';

const library = realLibrary;
const doors = (words: string, area?: string) => searchDoors(library, words, area).doors.map(({ flow }) => flow);

const { phrases } = parse(readFileSync('flows/national/phrases.yaml', 'utf8')) as {
  phrases: Record<string, string | string[]>;
};
const wanted = Object.entries(phrases).map(([words, flows]) => ({ words, flows: [flows].flat() }));

describe('the phrases that people type', () => {
  it('are many, of each kind of reader', () => {
    expect(wanted.length).toBeGreaterThanOrEqual(150);
    for (const reader of ['child', 'public'])
      expect(wanted.filter(({ flows }) => flows[0] === reader).length).toBeGreaterThan(20);
  });

  it('include each door at least once, so that a new one is not forgotten', () => {
    const flows = [...library.areas.values()].flatMap((area) => area.doors.map(({ flow }) => flow));
    const named = new Set(wanted.flatMap((phrase) => phrase.flows));
    expect([...new Set(flows)].filter((flow) => !named.has(flow))).toEqual([]);
  });

  it('find their door first in 95 of 100 cases, and always within three', () => {
    expect(checkPhrases(contentFiles, library)).toEqual([]);
  });
});

describe('a phrase that leads nowhere is reported with its place and what to write', () => {
  const told = (text: string) =>
    checkPhrases([{ folder: 'national', name: 'phrases.yaml', text: `phrases:\n${text}` }], library).map(
      ({ file, line, message }) => `${file}:${line}: ${message}`,
    );

  it('when the search finds nothing, or something else', () => {
    const [nothing, another, ...more] = told(
      '  pregnant woman on heroin: unborn\n  zzzz qqqq: child\n  i cut myself: unborn\n',
    );
    expect(more).toEqual([]);
    expect(nothing).toMatch(
      /^flows\/national\/phrases\.yaml:3: for "zzzz qqqq" the search finds nothing, and not child\./,
    );
    expect(another).toMatch(/^flows\/national\/phrases\.yaml:4: for "i cut myself" the search finds child.*not unborn/);
    expect(another).toContain('Write the words that people use for this door under `doors` of search.yaml');
  });

  it('when more than five of a hundred find their door second or third', () => {
    expect(told('  pregnant woman on heroin: other_worry\n  pupil self harm: self_harm\n')).toEqual([
      expect.stringContaining('and other_worry only in place 2. More than 5 % of the phrases are not first'),
    ]);
    const first = Array.from({ length: 19 }, (_, index) => `  pupil self harm ${index}: self_harm\n`).join('');
    expect(told(`  pregnant woman on heroin: other_worry\n${first}`)).toEqual([]);
  });

  it('if it names a door that no area has', () => {
    const { content } = readContent('national', [
      { name: 'phrases.yaml', text: 'phrases:\n  county lines: exploitatoin\n' },
    ]);
    const areas = ['bury', 'bolton'].map((area) => {
      const own = contentFiles.filter(({ folder, name }) => folder === area && name === 'area.yaml');
      return readContent(area, own).content;
    });
    const [problem] = checkSearch(content, [content, ...areas]);
    expect([problem?.file, problem?.line]).toEqual(['flows/national/phrases.yaml', 2]);
    expect(problem?.message).toContain('no door opens a flow "exploitatoin". Did you mean "exploitation"?');
  });
});

describe('the search', () => {
  it('starts nothing in a council that was not chosen, and offers each area that has the door', () => {
    const [first] = searchDoors(library, 'pupil self harm').doors;
    expect(first?.areas.map(({ area }) => area)).toEqual(['bolton', 'bury', 'stockport', 'national']);
  });

  it('first offers the way to another council if the words name a place that is not covered', () => {
    const [first] = searchDoors(library, 'Oldham neglect').doors;
    expect([first?.flow, first?.areas.map(({ area }) => area)]).toEqual(['another_place', ['national']]);
    expect(searchDoors(library, 'my dad hits me in Oldham').doors[0]?.flow).toBe('child');
    expect(searchDoors(library, 'child lives in another council', 'bury').doors[0]?.flow).toBe('another_place');
    expect(searchDoors(library, 'Bury neglect, school in Oldham').doors[0]?.flow).not.toBe('another_place');
  });

  it('stays in the area that was chosen, or is named', () => {
    for (const words of ['exploitation', 'consent', 'neglect'])
      for (const door of searchDoors(library, words, 'stockport').doors)
        if (door.reader === 'professional') expect(door.areas.map(({ area }) => area)).toContain('stockport');
    expect(searchDoors(library, 'stockport neglect', 'bury').area).toBe('stockport');
  });

  it.each(['years', 'says', 'going', 'the', 'zzzz', '', '   ', '!!!', '__proto__', '%00', '('.repeat(500)])(
    'finds nothing for “%s”, without an error',
    (words) => {
      expect(doors(words)).toEqual([]);
    },
  );

  it.each(['i want to die', 'he is hurting me right now', 'pupil took an overdose', 'my dad said he will kill us'])(
    'sees danger in “%s”',
    (words) => {
      expect(searchDoors(library, words).danger).toBe(true);
    },
  );

  it.each(['consent', 'county lines', 'may I tell the parents', 'skills'])('sees no danger in “%s”', (words) => {
    expect(searchDoors(library, words).danger).toBe(false);
  });

  it('says that a place is not covered, and does not mistake a part of a word for a place', () => {
    expect(searchDoors(library, 'Oldham neglect').elsewhere).toBe('oldham');
    expect(searchDoors(library, 'wholesale neglect').elsewhere).toBeUndefined();
  });

  it.each([
    ['my dad hits my mum', 'child'],
    ['my neighbour hits her son', 'public'],
    ['a pupil says her dad hits her', 'professional'],
    ['neglect', undefined],
  ])('takes “%s” for the words of: %s', (words, reader) => {
    expect(searchDoors(library, words).reader).toBe(reader);
  });

  it('forgives typing mistakes', () => {
    expect(doors('neglekt')[0]).toMatch(/level|other_worry/);
    expect(doors('explotiation')[0]).toMatch(/exploitation|consultation/);
    expect(doors('radicalizaton').slice(0, 2)).toContain('radicalisation');
  });
});
