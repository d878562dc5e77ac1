/** The search over the real flows, with the phrases that people type. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { searchDoors } from '../../server/flow/search/search.ts';
import { realLibrary } from '../web/app.ts';

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

  it('name each door at least once, so that a new one is not forgotten', () => {
    const flows = [...library.areas.values()].flatMap((area) => area.doors.map(({ flow }) => flow));
    const named = new Set(wanted.flatMap((phrase) => phrase.flows));
    expect([...new Set(flows)].filter((flow) => !named.has(flow))).toEqual([]);
  });

  it('find their way in first, 95 of 100, and all of them within three', () => {
    const notFirst = wanted.filter(({ words, flows }) => !flows.includes(doors(words)[0] ?? ''));
    const notInThree = wanted.filter(
      ({ words, flows }) =>
        !doors(words)
          .slice(0, 3)
          .some((door) => flows.includes(door)),
    );
    const told = (missed: typeof wanted) =>
      missed.map(({ words }) => `${words}: ${doors(words).slice(0, 4).join(', ')}`);
    expect(told(notInThree)).toEqual([]);
    expect(told(notFirst).slice(0, Math.max(0, notFirst.length - Math.floor(wanted.length * 0.05)))).toEqual([]);
  });
});

describe('the search', () => {
  it('starts nothing in a council that was not chosen: each area that has the door is named', () => {
    const [first] = searchDoors(library, 'pupil self harm').doors;
    expect(first?.areas.map(({ area }) => area).sort()).toEqual(['bolton', 'bury', 'stockport']);
  });

  it('keeps to the area that was chosen, or that is named', () => {
    for (const words of ['exploitation', 'consent', 'neglect'])
      for (const door of searchDoors(library, words, 'stockport').doors)
        if (door.reader === 'professional') expect(door.areas.map(({ area }) => area)).toContain('stockport');
    expect(searchDoors(library, 'stockport neglect', 'bury').area).toBe('stockport');
  });

  it.each(['years', 'says', 'going', 'the', 'zzzz', '', '   ', '!!!', '__proto__', '%00', '('.repeat(500)])(
    'finds nothing for “%s”, without falling over',
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

  it('says that a place is not covered, and takes no part of a word for a place', () => {
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

  it('forgives slips of the pen', () => {
    expect(doors('neglekt')[0]).toMatch(/level|other_worry/);
    expect(doors('explotiation')[0]).toMatch(/exploitation|consultation/);
    expect(doors('radicalizaton').slice(0, 2)).toContain('radicalisation');
  });
});
