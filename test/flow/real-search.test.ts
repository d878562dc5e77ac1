/** The search over the real flows. */
import { describe, expect, it } from 'vitest';
import { searchDoors } from '../../server/flow/search/search.ts';
import { realLibrary } from '../web/app.ts';

const library = realLibrary;
const doors = (words: string) => searchDoors(library, words).map(({ door }) => `${door.area}/${door.flow}`);
const first = (words: string, area: string) => doors(words).find((door) => door.startsWith(`${area}/`));

describe('the search', () => {
  it.each([
    ['missing', ['bolton/consultation', 'bury/exploitation', 'stockport/exploitation']],
    ['county lines', ['bolton/consultation', 'bury/exploitation']],
    ['forced marriage', ['bolton/other_worry', 'bury/may_i_tell_parents', 'stockport/may_i_tell_parents']],
    ['arranged marriage', ['bolton/honour', 'bury/honour', 'stockport/honour']],
    ['suicide', ['bolton/self_harm', 'bury/self_harm', 'stockport/self_harm']],
    ['LADO', ['bolton/worry_about_worker', 'bury/worry_about_worker', 'stockport/worry_about_worker']],
    [
      'may I tell the parents',
      ['bolton/may_i_tell_parents', 'bury/may_i_tell_parents', 'stockport/may_i_tell_parents'],
    ],
    ['FGM', ['bolton/other_worry', 'bury/level']],
    ['sexually active', ['stockport/sexually_active']],
    ['modern slavery', ['bolton/nrm_only', 'bury/nrm_only', 'stockport/nrm_only']],
    ['neighbour', ['national/public']],
  ])('“%s” finds the doors that it is for', (words, expected) => {
    expect(doors(words)).toEqual(expect.arrayContaining(expected));
  });

  it('puts the door with the words in its title before one that only mentions them', () => {
    expect(first('may I tell the parents', 'bury')).toBe('bury/may_i_tell_parents');
    expect(first('sexually active', 'stockport')).toBe('stockport/sexually_active');
    expect(first('consent', 'bury')).toBe('bury/consent_and_sharing');
  });

  it('an area that is named comes first', () => {
    expect(doors('bury parents')[0]).toBe('bury/may_i_tell_parents');
    expect(doors('parents stockport')[0]).toBe('stockport/may_i_tell_parents');
  });

  it.each([
    ['exploitaton', 'exploitation'],
    ['neglekt', 'neglect'],
    ['mariage', 'marriage'],
    ['explotiation', 'exploitation'],
  ])('forgives “%s”', (typed, meant) => {
    const found = searchDoors(library, typed);
    expect(found.length).toBeGreaterThan(0);
    expect(found[0]?.found).toContain(meant);
  });

  it('says which words of the flow it found', () => {
    expect(searchDoors(library, 'county lines')[0]?.found).toEqual(['county lines']);
    expect(searchDoors(library, 'radicalised')[0]?.found).toContain('radicalisation');
  });

  it.each(['', '   ', 'the', 'zzzz', '!!!', 'constructor toString', '%00', '('.repeat(500)])(
    'finds nothing for “%s”, without falling over',
    (words) => {
      expect(searchDoors(library, words)).toEqual([]);
    },
  );

  it('offers no national door to professionals that the areas have themselves', () => {
    expect(doors('modern slavery trafficking')).not.toContain('national/nrm_only');
  });

  it('looks at twelve different words at most, so that a long text costs no more than a short one', () => {
    const words = 'exploitaton mariage neglekt parnts one two three four five six seven eight';
    const found = searchDoors(library, words);
    expect(found.length).toBeGreaterThan(0);
    expect(searchDoors(library, `${words} `.repeat(60))).toEqual(found);
    expect(searchDoors(library, `${words} county lines`)).toEqual(found);
    expect(searchDoors(library, `county lines ${words}`)).not.toEqual(found);
  });
});
