import { describe, expect, it } from 'vitest';
import { loadLibrary } from '../../server/flow/check/library.ts';
import { proveOne } from '../../server/flow/prove/all.ts';
import { swap, TODAY, town } from './small-content.ts';

const NEXT = `next:
  letter:
    do: Write a letter
    who: You
    whose: yours
    within: 3 days
    cite: DOC 1
  visit:
    do: Visit
    who: You
    whose: yours
    cite: DOC 1
`;

/** The small area with next steps at the end "refer", and one case. */
function townWith(written: string) {
  return town({
    'worry.yaml': swap('action: Refer\n', 'action: Refer\n    next: [letter, visit]\n'),
    'timetable.yaml': NEXT,
    'cases.yaml': `cases:\n  one:\n    flow: worry\n    story: A story.\n${written}`,
  });
}

function problems(written: string): string[] {
  return loadLibrary(townWith(written), TODAY).problems.map(({ line, message }) => `${line}: ${message}`);
}

const BRUISE = '    answers: { danger: no, signs: [bruise] }\n';

describe('a worked case', () => {
  const sound: [string, string][] = [
    ['of an end', `${BRUISE}    must: { end: refer, level: 3, within: today }\n`],
    ['of one end or another', `${BRUISE}    must: { end: [talk, refer], within: [at once, today] }\n`],
    ['of the contact that is recommended', `${BRUISE}    must: { first contact: desk }\n`],
    ['of lists', `${BRUISE}    must: { next: [letter, visit], contact: desk, asked: [danger, signs] }\n`],
    [
      'of all that comes out',
      `${BRUISE}    exactly: { next: [visit, letter], contact: desk, asked: [danger, signs] }\n`,
    ],
    ['of lists in which nothing stands', `${BRUISE}    exactly: { record: [], advice: [] }\n`],
    ['of times', `${BRUISE}    must: { times: { letter: 3 days, visit: no set time } }\n`],
    [
      'of what must not come out',
      `${BRUISE}    must not: { end: talk, level: 2, police: [report], within: at once }\n`,
    ],
    [
      'of a doubt beside a tick',
      '    answers: { danger: no, signs: [late, unknown] }\n    must: { level: 2, end: talk }\n',
    ],
  ];
  it.each(sound)('%s passes', (_name, written) => {
    expect(problems(written)).toEqual([]);
  });

  const broken: [string, string, RegExp][] = [
    ['the end', `${BRUISE}    must: { end: talk }\n`, /^6: case "one": end is "refer", and must be "talk"\.$/],
    ['the level', `${BRUISE}    must: { level: 2 }\n`, /level is 3, and must be 2/],
    ['the time of the end', `${BRUISE}    must: { within: at once }\n`, /within is "today", and must be "at once"/],
    [
      'the contact that is recommended',
      `${BRUISE}    must: { first contact: police }\n`,
      /first contact is "desk", and must be "police"/,
    ],
    ['what is not settled', `${BRUISE}    must: { police: report }\n`, /police is "not settled", and must be "report"/],
    [
      'a missing contact',
      `${BRUISE}    must: { contact: [desk, police] }\n`,
      /contact "police" is missing \(there are: desk\)/,
    ],
    ['a missing record', `${BRUISE}    must: { record: reason }\n`, /record "reason" is missing \(there are: none\)/],
    [
      'the time of a next step',
      `${BRUISE}    must: { times: { letter: 2 days } }\n`,
      /the time of next "letter" is "3 days", and must be "2 days"/,
    ],
    [
      'the time of what has none',
      `${BRUISE}    must: { times: { visit: 2 days } }\n`,
      /the time of next "visit" is "no set time", and must be "2 days"/,
    ],
    [
      'the time of what does not come out',
      `${BRUISE}    must: { times: { call: 2 days } }\n`,
      /next "call" is missing/,
    ],
    ['an end that must not be', `${BRUISE}    must not: { end: refer }\n`, /end is "refer", and must not be "refer"/],
    ['a level that must not be', `${BRUISE}    must not: { level: 3 }\n`, /level must not be 3/],
    [
      'a next step that must not come out',
      `${BRUISE}    must not: { next: letter }\n`,
      /next "letter" must not come out/,
    ],
    [
      'what is missing of all that comes out, and what is too much',
      `${BRUISE}    exactly: { next: [letter, call], asked: [danger, signs] }\n`,
      /next: "call" is missing, "visit" comes out too\.$/,
    ],
    [
      'a missing answer',
      '    answers: { danger: no }\n',
      /^5: case "one": the answer to "signs" is missing\. It is asked in worry\.$/,
    ],
    [
      'an answer too many',
      '    answers: { danger: yes, signs: none }\n',
      /"signs" is answered, but never asked on this path\. Take it out/,
    ],
    [
      'answers in another order',
      '    answers: { signs: none, danger: no }\n',
      /write the answers in the order of asking: danger, signs\.$/,
    ],
    [
      'an answer that is none',
      '    answers: { danger: perhaps }\n',
      /"perhaps" does not answer "danger".* Offered are: yes, no, unknown\.$/,
    ],
    [
      'an answer of a list',
      '    answers: { danger: no, signs: [none, late] }\n',
      /You ticked .* Offered are: bruise, late, unknown, none\.$/,
    ],
    [
      'a question that is not there',
      '    answers: { dangr: no }\n',
      /no question of "worry" is called "dangr"\. Did you mean "danger"\?$/,
    ],
  ];
  it.each(broken)('reports %s', (_name, written, message) => {
    const found = problems(written);
    expect(found).toHaveLength(1);
    expect(found[0]?.replace(/^\d+: /, (line) => (message.source.startsWith('^') ? line : ''))).toMatch(message);
  });
});

describe('a problem of a worked case', () => {
  const lines = (written: string) => problems(written).map((told) => Number(told.split(':')[0]));
  const block = (answers: string) => `    answers:\n${answers}`;

  it('is reported at the line it is about', () => {
    const kept = block('      danger: no\n      signs: [bruise]\n');
    const must = '    must:\n      end: talk\n      times: { letter: 2 days }\n';
    const others = '    must not:\n      end: refer\n    exactly:\n      next: [letter]\n';
    expect(lines(kept + must + others).sort((a, b) => a - b)).toEqual([8, 10, 11, 13]);
  });

  it('is reported at the answer that is wrong, missing or superfluous', () => {
    expect(lines(block('      danger: no\n      signs: [bruised]\n'))).toEqual([7]);
    expect(lines(block('      danger: no\n'))).toEqual([5]);
    expect(lines(block('      danger: yes\n      signs: [bruise]\n'))).toEqual([7]);
    expect(lines(block('      signs: [bruise]\n      danger: no\n'))).toEqual([5]);
  });

  it('lists the possible answers', () => {
    const [list] = problems('    answers: { danger: no, signs: [bruised] }\n');
    expect(list).toContain('Offered are: bruise, late, unknown, none.');
  });
});

describe('a safety rule about the end', () => {
  const safety = (always: string) =>
    `rules:\n  soon:\n    says: A bruise cannot wait\n    whenever: { signs: bruise, danger: no }\n    always: { ${always} }\n    cite: DOC 1\n`;

  it.each([
    ['within: today', undefined],
    ['within: [at once, today]', undefined],
    ['within: at once', 'within is "today", and must be "at once"'],
    ['first contact: desk', undefined],
    ['first contact: police', 'first contact is "desk", and must be "police"'],
  ])('%s: %s', (always, wrong) => {
    const { library } = loadLibrary(town({ 'safety.yaml': safety(always) }), TODAY);
    const area = library.areas.get('town');
    const flow = area?.flows.get('worry');
    if (area === undefined || flow === undefined) throw new Error('the town has no flow');
    const [verdict] = proveOne(library, area, flow, TODAY).rules;
    expect(verdict?.result).toBe(wrong === undefined ? 'holds' : 'broken');
    expect(verdict?.breach?.wrong).toEqual(wrong === undefined ? undefined : [wrong]);
  });
});
