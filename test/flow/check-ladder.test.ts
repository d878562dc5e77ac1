/** Errors in ladders and missing table entries. Tests the place and full text of each problem. */
import { describe, expect, it } from 'vitest';
import { loadLibrary } from '../../server/flow/check/library.ts';
import type { ContentFile } from '../../server/flow/language/folder.ts';
import { swap, TODAY, town } from './small-content.ts';
import { deskTown } from './small-desk.ts';

type Changes = NonNullable<Parameters<typeof town>[0]>;

const told = (files: ContentFile[], today = TODAY) =>
  loadLibrary(files, today).problems.map(
    ({ file, line, column, message, kind }) =>
      `${file.replace('flows/', '')}:${line}:${column}:${kind === 'warning' ? ' warning:' : ''} ${message}`,
  );

const part = (id: string, steps: string) => `flow: ${id}\ntitle: Part ${id}\ncite: DOC 1\nsteps:\n${steps}`;
const hint = '  - say: hint\n    text: A hint.\n    cite: DOC 1\n';
const calling = (id: string) => swap('  - ask: signs', `  - call: ${id}\n  - ask: signs`);
const worry = (from: string, to: string): Changes => ({ 'worry.yaml': swap(from, to) });
const LAW = (text: string) =>
  `${text}  LAW:\n    title: A law\n    publisher: P\n    published: undated\n    in force from: 2020-01-01\n    paragraphs: { 1: One }\n`;

describe('a ladder', () => {
  it.each<[string, Changes, string[]]>([
    [
      'a step id twice',
      worry('- end: talk', '- end: refer'),
      ['worry.yaml:38:5: the id "refer" stands twice in this flow. Step ids are unique; give one another name.'],
    ],
    [
      'a last step that is no end',
      { 'worry.yaml': (text) => text.slice(0, text.indexOf('  - end: talk')) + hint },
      [
        'worry.yaml:38:5: the last step of a flow that readers open is an "end". Add one, so that nobody falls off the page.',
      ],
    ],
    [
      'a last step with a law',
      { ...worry('- end: talk\n', '- end: talk\n    law: LAW\n'), 'sources.yaml': LAW },
      ['worry.yaml:39:5: the last step is left out while its law is not in force. Add a last step without "law".'],
    ],
    [
      'a last step with a condition',
      worry('- end: talk\n', '- end: talk\n    when: { danger: no }\n'),
      [
        'worry.yaml:39:5: the last step has a condition. What happens when it does not hold? Add a last step without "when".',
      ],
    ],
    [
      'steps behind an end that always holds',
      worry('    when: { level: { at least: 3 } }\n', ''),
      ['worry.yaml:37:5: step "talk" can never be reached: "refer" (line 31) always ends before it.'],
    ],
    [
      'a step behind an end, to which "I don’t know" leads',
      {
        'worry.yaml': (text) =>
          swap(
            '{ ask: desk, level: 2 }',
            '{ leads to: talk }',
          )(swap('    when: { level: { at least: 3 } }\n', '')(text)),
      },
      [],
    ],
    [
      'steps behind advice that always goes back',
      {
        'worry.yaml': calling('more'),
        'more.yaml': part('more', `  - advise: back\n    text: Back.\n    cite: DOC 1\n    then: return\n${hint}`),
      },
      ['more.yaml:9:5: step "hint" can never be reached: "back" (line 5) always ends before it.'],
    ],
    [
      'advice that stays, and advice that goes back at times',
      {
        'worry.yaml': calling('more'),
        'more.yaml': part(
          'more',
          `  - advise: stay\n    text: Stay.\n    cite: DOC 1\n  - advise: back\n    when: { danger: yes }\n    text: Back.\n    cite: DOC 1\n    then: return\n${hint}`,
        ),
      },
      [],
    ],
    [
      'a flow that calls itself',
      { 'worry.yaml': calling('worry') },
      ['worry.yaml:20:5: the calls go in a circle: worry → worry. Take one of the calls out.'],
    ],
    [
      'flows that call each other',
      { 'worry.yaml': calling('more'), 'more.yaml': part('more', `${hint}  - call: worry\n`) },
      [
        'more.yaml:8:5: the calls go in a circle: worry → more → worry. Take one of the calls out.',
        'worry.yaml:20:5: the calls go in a circle: more → worry → more. Take one of the calls out.',
      ],
    ],
    [
      'calls four deep',
      {
        'worry.yaml': calling('a'),
        'a.yaml': part('a', '  - call: b\n'),
        'b.yaml': part('b', '  - call: c\n'),
        'c.yaml': part('c', '  - call: d\n'),
        'd.yaml': part('d', hint),
      },
      ['c.yaml:5:5: calls stand more than 3 deep: worry → a → b → c → d. Call it from further up.'],
    ],
    [
      'calls three deep',
      {
        'worry.yaml': calling('a'),
        'a.yaml': part('a', '  - call: b\n'),
        'b.yaml': part('b', '  - call: c\n'),
        'c.yaml': part('c', hint),
      },
      [],
    ],
    [
      'a flow that nobody opens or calls',
      { 'lost.yaml': part('lost', hint) },
      ['lost.yaml:1:1: no door and no call leads to "lost". Name it under "doors" in area.yaml, or call it.'],
    ],
    [
      'a step id as in another flow',
      { 'worry.yaml': calling('more'), 'more.yaml': part('more', hint.replace('hint', 'talk')) },
      [],
    ],
  ])('%s', (_name, changes, expected) => {
    expect(told(town(changes))).toEqual(expected.map((line) => `town/${line}`));
  });

  it('may have 25 steps, and is reported with 26', () => {
    const says = (count: number) =>
      Array.from({ length: count }, (_, at) => `  - say: s${at}\n    text: S.\n    cite: DOC 1\n`).join('');
    const long = (count: number) => told(town(worry('  - end: talk', `${says(count)}  - end: talk`)));
    expect(long(20)).toEqual([]);
    expect(long(21)).toEqual([
      'town/worry.yaml:4:1: warning: 26 steps; more than 25 are hard to read. Make a called flow of some.',
    ]);
  });
});

describe('"I don’t know"', () => {
  const asked = part('more', '  - ask: signs\n');
  it.each<[string, Changes, string[]]>([
    [
      'leads to nothing below',
      worry('{ ask: desk, level: 2 }', '{ leads to: call }'),
      [
        'worry.yaml:28:16: "I don’t know" leads to "call", which is not a step further down in this flow. Further down are: refer, talk.',
      ],
    ],
    [
      'leads to the step itself, with nothing further down',
      {
        'worry.yaml': calling('more'),
        'more.yaml': part('more', '  - ask: danger\n    unknown: { leads to: danger }\n'),
        'area.yaml': (text) => text,
      },
      [
        'more.yaml:6:16: "I don’t know" leads to one place. Where "danger" is written, it counts as "yes". Take out one of the two.',
      ],
    ],
    [
      'leads on where the question is written, and nowhere here',
      {
        'worry.yaml': (text) => swap('{ ask: desk, level: 2 }', '{ leads to: talk }')(calling('more')(text)),
        'more.yaml': asked,
      },
      [
        'more.yaml:5:5: where "signs" is written, "I don’t know" leads to "talk". Say here where it leads: add "unknown: { leads to: … }".',
      ],
    ],
    [
      'leads on, and counts as something, where the question is written',
      worry('{ counts as: yes }', '{ counts as: yes, leads to: signs }'),
      ['worry.yaml:9:5: "danger": "I don’t know" leads to one place. Keep one of: counts as, leads to.'],
    ],
    [
      'leads on from a question that is not there',
      worry('  - end: talk', '  - ask: nothing\n    unknown: { leads to: talk }\n  - end: talk'),
      ['worry.yaml:38:5: no question is called "nothing". Write it in questions.yaml, of the area or of national.'],
    ],
    [
      'leads on where nothing is further down',
      {
        'worry.yaml': calling('more'),
        'more.yaml': part(
          'more',
          '  - ask: extra\n    question: E?\n    why: So.\n    cite: DOC 1\n    type: yes or no\n    for the record: yes\n    unknown: { leads to: extra }\n',
        ),
      },
      [
        'more.yaml:11:16: "I don’t know" leads to "extra", which is not a step further down in this flow. Further down are: none.',
      ],
    ],
    [
      'leads to the end of its own ladder',
      worry('{ ask: desk, level: 2 }', '{ leads to: signs }'),
      [
        'worry.yaml:28:16: "I don’t know" leads to "signs", which is not a step further down in this flow. Further down are: refer, talk.',
      ],
    ],
    [
      'leads to a step with a law',
      {
        'worry.yaml': (text) =>
          swap(
            '{ ask: desk, level: 2 }',
            '{ leads to: refer }',
          )(swap('- end: refer\n', '- end: refer\n    law: LAW\n')(text)),
        'sources.yaml': LAW,
      },
      [
        'worry.yaml:28:16: "I don’t know" leads to "refer", which is left out while its law is not in force. Let it lead to a step that always stands.',
      ],
    ],
  ])('%s', (_name, changes, expected) => {
    expect(told(town(changes))).toEqual(expected.map((line) => `town/${line}`));
  });
});

describe('what conditions read', () => {
  const say = (when: string) => `  - say: tried\n    when: ${when}\n    text: Tried.\n    cite: DOC 1\n`;
  it.each<[string, Changes, string[]]>([
    [
      'a question further down',
      worry('when: { danger: yes }', 'when: { all of: [{ danger: yes }, { signs: late }] }'),
      ['worry.yaml:13:5: "signs" cannot be known here: no step above asks it. Move this step down, or ask it first.'],
    ],
    [
      '"none of" what is asked at times',
      worry(
        '  - end: talk',
        `  - ask: more\n    when: { danger: unknown }\n    question: More?\n    why: So.\n    cite: DOC 1\n    type: yes or no\n    unknown: { ask: desk }\n${say('{ none of: [{ more: yes }] }')}  - end: talk`,
      ),
      [
        'worry.yaml:46:5: "none of:" reads "more", which is not asked of everybody above. Ask it without "when" first, or name what you mean.',
      ],
    ],
    [
      '"none of" in "any of", of what is always asked',
      worry('  - end: talk', `${say('{ any of: [{ none of: [{ danger: yes }] }, { signs: late }] }')}  - end: talk`),
      [],
    ],
    [
      'a called flow that may know what is asked elsewhere',
      {
        'worry.yaml': swap('  - ask: danger', '  - call: more\n  - ask: danger'),
        'more.yaml': `${part('more', say('{ danger: yes }')).replace('steps:', 'may know: [danger]\nsteps:')}`,
      },
      [],
    ],
    [
      'a called flow that cannot know it yet',
      {
        'worry.yaml': swap('  - ask: danger', '  - call: more\n  - ask: danger'),
        'more.yaml': part('more', say('{ danger: yes }')),
      },
      ['more.yaml:6:5: "danger" cannot be known here: no step above asks it. Move this step down, or ask it first.'],
    ],
    [
      'what a called flow asked, called at times',
      {
        'worry.yaml': (text) =>
          swap(
            '  - ask: signs',
            `  - call: more\n    when: { danger: no }\n${say('{ none of: [{ extra: yes }] }')}  - ask: signs`,
          )(text),
        'more.yaml': part(
          'more',
          '  - ask: extra\n    question: E?\n    why: So.\n    cite: DOC 1\n    type: yes or no\n    unknown: { ask: desk }\n',
        ),
      },
      [
        'worry.yaml:23:5: "none of:" reads "extra", which is not asked of everybody above. Ask it without "when" first, or name what you mean.',
      ],
    ],
  ])('%s', (_name, changes, expected) => {
    expect(told(town(changes))).toEqual(expected.map((line) => `town/${line}`));
  });
});

describe('whom an end can name first', () => {
  const somebody = (lines: string) =>
    `  one:\n    name: One\n    note: Nobody knows.\n    for: x\n    cite: DOC 1\n    checked on: not checked\n${lines}`;
  const first = (lines: string, contacts = 'one, desk'): Changes => ({
    'contacts.yaml': (text) => `${text}${somebody(lines)}`,
    'worry.yaml': swap('contacts: [desk]\n    cite: DOC 1', `contacts: [${contacts}]\n    cite: DOC 1`),
  });
  const unreachable =
    'worry.yaml:17:5: "one" can stand first here, and nobody could reach it. Give it a number with its area code, an address or a page, say whom it is "reached through", or name another contact first.';
  it.each<[string, Changes, string[]]>([
    ['somebody whom nobody can reach', first(''), [unreachable]],
    ['somebody whom nobody can reach, further down', first('', 'desk, one'), []],
    ['a page', first('    web: https://a.b\n'), []],
    ['somebody who is reached through another', first('    reached through: desk\n'), []],
    ['somebody whom the reader knows', first('    reached through: your own organisation\n'), []],
    [
      'somebody who is reached through somebody whom nobody can reach',
      first('    reached through: one\n'),
      [
        'contacts.yaml:14:5: "one" has no number, address or page of its own. Name somebody who can be reached, or write "your own organisation".',
        unreachable,
      ],
    ],
    [
      'somebody who is reached through nobody',
      first('    web: https://a.b\n    reached through: dsk\n'),
      [
        'contacts.yaml:15:5: no contact is called "dsk". Did you mean "desk"? Write it in contacts.yaml, of the area or of national.',
      ],
    ],
  ])('is %s', (_name, changes, expected) => {
    expect(told(town(changes))).toEqual(expected.map((line) => `town/${line}`));
  });

  it('is the next one after a contact that can be left out', () => {
    const left =
      '    web: https://a.b\n    only with: { danger: yes }\n  two:\n    name: Two\n    note: Nobody knows.\n    for: x\n    cite: DOC 1\n    checked on: not checked\n';
    expect(told(town(first(left, 'one, two, desk')))).toEqual([`town/${unreachable.replace('"one"', '"two"')}`]);
  });
});

describe('a table', () => {
  const contact = (...lines: string[]): Changes => ({
    'contacts.yaml': (text) =>
      `${text}  other:\n    name: Other\n    for: x\n    cite: DOC 1\n    checked on: not checked\n${lines.map((line) => `    ${line}\n`).join('')}`,
  });
  const noWay = '"other" has no telephone, mail or web address. Add one, or say in "note" why there is none.';
  const noConflict = '"other" speaks of a conflict: list both numbers under "phones".';
  it.each<[string, Changes, string[]]>([
    ['no way to a contact', contact(), [`contacts.yaml:8:3: ${noWay}`]],
    ['a note why', contact('note: None.'), []],
    ['a telephone', contact('phone: 101'), []],
    ['telephones', contact('phones: [{ number: 101 }]'), []],
    ['a mail address', contact('email: a@b.c'), []],
    ['a web address', contact('web: https://b.c'), []],
    ['what a web page is for', contact('web: https://b.c', 'web is for: Chat'), []],
    [
      'what a page is for that is not there',
      contact('phone: 101', 'web is for: Chat'),
      ['contacts.yaml:8:3: "other" says what its web page is for, and has none. Add "web".'],
    ],
    [
      'a conflict of one number',
      contact('phones: [{ number: 101 }]', 'conflict: So.'),
      [`contacts.yaml:8:3: ${noConflict}`],
    ],
    ['a conflict of two numbers', contact('phones: [{ number: 101 }, { number: 102 }]', 'conflict: So.'), []],
    [
      'a conflict of nothing',
      contact('conflict: So.'),
      [`contacts.yaml:8:3: ${noWay}`, `contacts.yaml:8:3: ${noConflict}`],
    ],
    [
      'a number that is printed without its area code',
      contact('phones: [{ number: 0161 496 0001, printed as: 496 0001, cite: DOC 1 }]'),
      [],
    ],
    [
      'an area code that nobody vouches for',
      contact('phones: [{ number: 0161 496 0001, printed as: 496 0001 }]'),
      [
        'contacts.yaml:8:3: "other" adds an area code to 496 0001: say under "cite" of that number where the code comes from.',
      ],
    ],
    ...[
      ['0161 496 0002', '496 0001'],
      ['0161 496 0001', '0161 496 0001'],
    ].map<[string, Changes, string[]]>(([number, printed]) => [
      `a dialled number, ${number}, that is not the area code and then what is printed`,
      contact(`phones: [{ number: ${number}, printed as: ${printed}, cite: DOC 1 }]`),
      [
        `contacts.yaml:8:3: "other" dials ${number}, printed as ${printed}: the dialled number is the area code and then what is printed.`,
      ],
    ]),
    [
      'replaced by a source that is not there',
      { 'sources.yaml': swap('published: undated\n', 'published: undated\n    replaced by: DIC 3\n') },
      [
        'sources.yaml:6:5: no source is called "DIC". Did you mean "DOC"? Write it in sources.yaml, of the area or of national.',
      ],
    ],
    [
      'replaced by a source that is there',
      { 'sources.yaml': swap('published: undated\n', 'published: undated\n    replaced by: DOC 2\n') },
      [],
    ],
    [
      'a scale with a gap',
      { 'area.yaml': swap('  2: Level 2\n', '') },
      ['area.yaml:6:1: the scale has 1, 3. Number it 1, 2, 3 … without a gap.'],
    ],
    [
      'a scale from 0',
      { 'area.yaml': swap('  1: Level 1\n', '  0: Level 0\n  1: Level 1\n') },
      ['area.yaml:6:1: the scale has 0, 1, 2, 3. Number it 1, 2, 3 … without a gap.'],
    ],
    ['a scale upside down', { 'area.yaml': swap('  1: Level 1\n  2: Level 2\n', '  2: Level 2\n  1: Level 1\n') }, []],
  ])('%s', (_name, changes, expected) => {
    expect(told(town(changes)).filter((line) => !/level 3 is not|a level is/.test(line))).toEqual(
      expected.map((line) => `town/${line}`),
    );
  });

  it('of holidays must reach far enough', () => {
    const holidays = { 'holidays.yaml': 'until: 2026-12-31\nsource: The government\ndays: [2026-12-25]\n' };
    const at = (today: string) => told(town(holidays), today);
    const end = 'the bank holidays end on 2026-12-31. Add those of the following years.';
    expect(at('2026-10-02')).toEqual([]);
    expect(at('2026-10-03')).toEqual([`town/holidays.yaml:1:1: warning: ${end}`]);
    expect(at('2026-12-31')).toEqual([`town/holidays.yaml:1:1: warning: ${end}`]);
    expect(at('2027-01-01')).toEqual([`town/holidays.yaml:1:1: ${end}`]);
  });

  it.each([
    ['2026-12-28, 2026-12-25', '2026-12-25 stands after 2026-12-28. Write each day once, the earliest first.'],
    ['2026-12-25, 2026-12-25', '2026-12-25 stands after 2026-12-25. Write each day once, the earliest first.'],
    ['2026-12-25, 2027-12-27', '2027-12-27 is after "until: 2026-12-31".'],
  ])('of holidays must have each day once, in order, before its end: %s', (days, message) => {
    const holidays = { 'holidays.yaml': `until: 2026-12-31\nsource: The government\ndays: [${days}]\n` };
    expect(told(town(holidays), '2026-10-02')).toEqual([`town/holidays.yaml:1:1: ${message}`]);
  });

  it('must have an id only once, in the area or nationally', () => {
    const twice = deskTown({ 'town/contacts.yaml': (text) => text.replaceAll('desk:', 'police:') });
    expect(told(twice)).toContain(
      'town/contacts.yaml:2:3: "police" stands here and in flows/national/contacts.yaml. Give one of them another id.',
    );
  });
});
