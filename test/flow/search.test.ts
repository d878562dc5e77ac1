import { describe, expect, it } from 'vitest';
import type { Door, Library } from '../../server/flow/check/library.ts';
import type { Flow } from '../../server/flow/flow.ts';
import { searchDoors } from '../../server/flow/search/search.ts';
import { indexOf } from '../../server/flow/search/search-index.ts';
import { closest, stem, tokensOf } from '../../server/flow/search/search-words.ts';
import { advise, ask, createFlow, createQuestion, end } from './small-flow.ts';

type Behind = { door?: Partial<Door>; flow?: Partial<Flow> };

/** Doors by name, such as town/worry; what is behind each is empty but for what is given. */
function libraryOf(doors: Record<string, Behind>): Library {
  const areas = new Map<string, { doors: Door[]; flows: Map<string, Flow> }>();
  for (const [name, { door, flow }] of Object.entries(doors)) {
    const [area = '', id = ''] = name.split('/');
    const { doors, flows } = areas.get(area) ?? { doors: [] as Door[], flows: new Map<string, Flow>() };
    doors.push({ area, flow: id, title: 'Door', reader: 'professional', words: [], ...door });
    const empty = createFlow([], []);
    flows.set(id, { ...empty, parts: {}, area: { ...empty.area, name: area }, ...flow });
    areas.set(area, { doors, flows });
  }
  return { areas, withdrawn: new Map() } as unknown as Library;
}

const found = (doors: Record<string, Behind>, words: string) =>
  searchDoors(libraryOf(doors), words).map(({ door, found }) => `${door.area}/${door.flow}: ${found.join(', ')}`);
const titles = (...all: string[]) => Object.fromEntries(all.map((title, at) => [`a/d${at}`, { door: { title } }]));

describe('the search', () => {
  it('finds a door by each of its texts, the weightier first', () => {
    const cite = ['DOC 1'];
    const definition = { id: 'x', cite, also: [] };
    const option = (text: string, help?: string) => ({ id: 'o', text, cite, ...(help !== undefined && { help }) });
    const options = (...given: ReturnType<typeof option>[]) => ({
      q: createQuestion('q', { text: '', options: given }),
    });
    const step = (...steps: Flow['parts'][string]['steps']) => createFlow(steps, [createQuestion('q')]).parts;
    const untitled = (parts: Flow['parts']) =>
      Object.fromEntries(Object.entries(parts).map(([id, part]) => [id, { ...part, title: '' }]));
    const doors: Record<string, Behind> = {
      'a/words': { door: { words: ['whale'] } },
      'a/title': { door: { title: 'Whale' } },
      'a/help': { door: { help: 'A whale' } },
      'whale/area': {},
      'a/term': { flow: { definitions: { x: { ...definition, term: 'Whale', text: '' } } } },
      'a/also': { flow: { definitions: { x: { ...definition, term: '', text: '', also: ['whale'] } } } },
      'a/part': {
        flow: { parts: { p: { ...createFlow([], []).parts.worry, title: 'Whale' } as Flow['parts'][string] } },
      },
      'a/question': { flow: { questions: { q: createQuestion('q', { text: 'Whale?', options: [] }) } } },
      'a/option': { flow: { questions: options(option('Whale')) } },
      'a/option_help': { flow: { questions: options(option('', 'whale')) } },
      'a/definition': { flow: { definitions: { x: { ...definition, term: '', text: 'A whale.' } } } },
      'a/question_help': { flow: { questions: { q: createQuestion('q', { text: '', help: 'whale', options: [] }) } } },
      'a/advice': { flow: { parts: untitled(step(advise('x', { text: 'whale' }))) } },
      'a/end': { flow: { parts: untitled(step(end('x', { action: 'whale' }))) } },
      'a/ask': { flow: { parts: untitled(step(ask('q'))) } },
      'a/other': { door: { title: 'Dolphin' } },
    };
    const { entries } = indexOf(libraryOf(doors));
    const weights = entries.map(({ door, stems }) => [door.flow, stems.get('whal')?.weight]);
    expect(Object.fromEntries(weights)).toEqual({
      ...{ words: 9, title: 6, help: 6, area: 5, term: 4, also: 4, part: 4, question: 3, option: 2, option_help: 2 },
      ...{ definition: 1, question_help: 1, advice: 1, end: 1, ask: undefined, other: undefined },
    });
    // What has less than a fifth of the best is not shown.
    expect(found(doors, 'whale').map((line) => line.split(':')[0])).toEqual([
      ...['a/words', 'a/title', 'a/help', 'whale/area', 'a/term', 'a/also', 'a/part', 'a/question', 'a/option'],
      'a/option_help',
    ]);
  });

  it('keeps the best weight of a word, as it stands there, and all words between bars', () => {
    const library = libraryOf({ 'a/d': { door: { title: 'Parents now', words: ['parent'], help: 'Parenting' } } });
    const [entry] = indexOf(library).entries;
    expect(entry?.stems.get('parent')).toEqual({ weight: 9, shown: 'parent' });
    expect(entry?.phrases).toBe(' parent | parents now | parenting |  |');
    const equal = libraryOf({ 'a/d': { door: { title: 'Parents', help: 'Parenting' } } });
    expect(indexOf(equal).entries[0]?.stems.get('parent')).toEqual({ weight: 6, shown: 'parents' });
  });

  it('knows in how many doors a word stands, and all the words', () => {
    const index = indexOf(libraryOf(titles('Blue whale', 'Blue dolphins')));
    expect(index.spread).toEqual(
      new Map([
        ['blue', 2],
        ['whal', 1],
        ['dolphin', 1],
      ]),
    );
    expect([...index.words].filter((word) => word !== '')).toEqual(['blue', 'whale', 'dolphins']);
  });

  it('reads the flows of a library once', () => {
    const library = libraryOf(titles('Whale'));
    expect(indexOf(library)).toBe(indexOf(library));
  });

  it('has no door of a flow that is not there, and of the nation those for the public and children', () => {
    const library = libraryOf({
      'national/one': { door: { title: 'Whale' } },
      'national/two': { door: { title: 'Whale', reader: 'public' } },
      'national/three': { door: { title: 'Whale', reader: 'child' } },
      'town/one': { door: { title: 'Whale' } },
    });
    expect(indexOf(library).entries.map(({ door }) => `${door.area}/${door.flow}`)).toEqual([
      ...['national/two', 'national/three', 'town/one'],
    ]);
    const { areas } = libraryOf({ 'town/one': {}, 'town/two': {} });
    for (const { flows } of areas.values()) (flows as Map<string, Flow>).delete('one');
    expect(indexOf({ areas, withdrawn: new Map() }).entries.map(({ door }) => door.flow)).toEqual(['two']);
  });

  it('puts first what has more of the words, and the rarer ones', () => {
    expect(found(titles('Blue', 'Blue whale', 'Green'), 'whale blue')).toEqual(['a/d1: whale, blue']);
    expect(found(titles('Blue', 'Blue', 'Blue', 'Whale'), 'blue whale')[0]).toBe('a/d3: whale');
  });

  it('puts first where the words stand beside each other, and shows them together', () => {
    const doors = titles('Whale and a blue dolphin', 'Blue whale', 'Blue sea whale');
    expect(found(doors, 'Blue, whale')).toEqual(['a/d1: blue whale', 'a/d0: blue, whale', 'a/d2: blue, whale']);
    expect(found(titles('Whales'), 'whale')).toEqual(['a/d0: whales']);
    expect(found(titles('Blue', 'Whale'), 'blue whale').sort()).toEqual(['a/d0: blue', 'a/d1: whale']);
  });

  it('takes a word for one that begins so, else for a misspelt one, and is less sure of it', () => {
    expect(found(titles('Whaler', 'Dolphin'), 'wha')).toEqual(['a/d0: whaler']);
    expect(found(titles('Whaler', 'Dolphin'), 'wh')).toEqual([]);
    expect(found(titles('Dolphin', 'Sea'), 'dolpin')).toEqual(['a/d0: dolphin']);
    expect(found(titles('Whale', 'Whalbone'), 'whale')).toEqual(['a/d0: whale']);
    expect(found(titles('Seal', 'Sealing wax'), 'seal dolphin')).toEqual(['a/d0: seal', 'a/d1: sealing']);
    expect(found(titles('Dolphin', 'Whale'), 'dolphin whal')).toHaveLength(2);
    expect(found(titles('Whalebone', 'Dolphins'), 'whaleb dolphin')).toEqual(['a/d1: dolphins', 'a/d0: whalebone']);
    expect(found(titles('Elephants', 'Whalebone'), 'elephnt whaleb')).toEqual(['a/d1: whalebone', 'a/d0: elephants']);
  });

  it('finds twelve doors at most, and reads twelve words', () => {
    const many = titles(...Array.from({ length: 14 }, () => 'Whale'));
    expect(found(many, 'whale')).toHaveLength(12);
    const words = Array.from({ length: 12 }, (_, at) => `word${at}`).join(' ');
    expect(found(titles('Whale'), `${words} whale`)).toEqual([]);
    expect(found(titles('Whale'), `${words.replace('word0 ', '')} whale`)).toEqual(['a/d0: whale']);
    expect(found(titles('Whale'), `${'word1 '.repeat(20)} whale`)).toEqual(['a/d0: whale']);
  });

  it.each(['', '   ', 'the', 'zzzz', '!!!', 'constructor toString', '%00'])('finds nothing for “%s”', (words) => {
    expect(found(titles('Whale', 'Dolphin'), words)).toEqual([]);
  });
});

describe('words as they are compared', () => {
  it('are small, without accents, endings and empty words', () => {
    expect(tokensOf('The child’s FIANCÉ, at “home”')).toEqual(['child', 'fiance', 'home']);
    expect(stem('exploited')).toBe(stem('exploitation'));
    expect(stem('parents')).toBe(stem('parent'));
    expect(stem('gang')).toBe('gang');
  });

  it('a short word allows one slip, a long one two, a very short one none', () => {
    expect(closest('gnag', ['gang', 'home'])).toEqual(['gang']);
    expect(closest('fgn', ['fgm'])).toEqual([]);
    expect(closest('explotiaton', ['exploitation'])).toEqual(['exploitation']);
    expect(closest('elephant', ['exploitation'])).toEqual([]);
    expect(closest('tostring', ['posting'])).toEqual([]);
  });

  it.each<[string, string[]]>([
    ['a I x of', []],
    ['Xy', ['xy']],
    [`${'a'.repeat(40)} ${'b'.repeat(41)}`, ['a'.repeat(40)]],
    ["child’s girl's boys", ['child', 'girl', 'boys']],
    ['’sbornik’s', ['sbornik']],
    ['16-year-old, éclair!', ['16', 'year', 'old', 'eclair']],
    ['', []],
    ['who would be with them', []],
  ])('“%s” has the words %j', (text, expected) => {
    expect(tokensOf(text)).toEqual(expected);
  });

  it.each<[string, string]>([
    ['temptations', 'tempt'],
    ['temptation', 'tempt'],
    ['meetings', 'meet'],
    ['meeting', 'meet'],
    ['settlements', 'settl'],
    ['movement', 'movement'.slice(0, 8)],
    ['agreement', 'agre'],
    ['married', 'marr'],
    ['marries', 'marr'],
    ['beaten', 'beaten'],
    ['wanted', 'want'],
    ['teachers', 'teach'],
    ['teacher', 'teach'],
    ['churches', 'church'],
    ['gangs', 'gang'],
    ['family', 'famil'],
    ['abuse', 'abus'],
    ['used', 'used'],
    ['uses', 'uses'],
  ])('the stem of %s is %s', (word, expected) => {
    expect(stem(word)).toBe(expected);
  });

  it.each<[string, string[], string[]]>([
    ['abc', ['abcd'], []],
    ['abcd', ['abc'], []],
    ['abcd', ['abcd', 'abce'], ['abcd']],
    ['abcd', ['abce', 'abcf'], ['abce', 'abcf']],
    ['abcd', ['abef'], []],
    ['abcdef', ['abcdxy'], []],
    ['abcdefg', ['abcdexy'], ['abcdexy']],
    ['abcdefg', ['abcdexy', 'abcdefx'], ['abcdefx']],
    ['abcdefg', ['abcdefx', 'abcdexy'], ['abcdefx']],
    ['abcdefg', ['xbcdefy'], []],
    ['abcdefg', ['xbcdefg'], ['xbcdefg']],
    ['abcdefg', ['abcde', 'abcdefghi'], ['abcde', 'abcdefghi']],
    ['abcdefg', ['abcdefghij'], []],
    ['abcd', ['abdc'], ['abdc']],
    ['abcd', ['bacd'], ['bacd']],
    ['abcd', ['abxcd', 'acd', 'abc'], ['abxcd']],
    ['abcdefg', ['abdcegf'], ['abdcegf']],
    ['abcdefg', ['bacdegf'], []],
  ])('%s is close to, of %j: %j', (word, known, expected) => {
    expect(closest(word, known)).toEqual(expected);
  });
});
