/** The outcomes file beside a flow is readable and short, and changes exactly when the outcomes change. */
import { expect, test } from 'vitest';
import type { Flow, NextStep, Question } from '../../server/flow/flow.ts';
import { runInterview } from '../../server/flow/prove/interview.ts';
import { describeShare, findRows, outcomesOf } from '../../server/flow/prove/outcomes.ts';
import { advise, ask, end, flow, is, option, part, question } from './prove-flows.ts';
import { flowOf, questionOf, small, stepOf } from './prove-small.ts';

test('the table, word for word', () => {
  const signs = question('signs', 'several of', {
    options: [option('a', { level: 2 }), option('b', { level: 2 })],
    unknown: { label: '?', ask: 'lead' },
  });
  const age = question('age', 'number', { from: 0, to: 17, unknown: { label: '?', countsAs: '5' } });
  const young = { kind: 'range' as const, fact: 'age', max: 12 };
  const steps = [
    ask('signs'),
    ask('age', { when: is('signs', 'a') }),
    end('act', { when: young, police: 'report' }),
    end('rest'),
  ];
  expect(outcomesOf(flow([part('main', steps)], [signs, age])).split('\n')).toEqual([
    '# here/main: what can come out. Made by "npm run prove"; do not edit.',
    '# 3 outcomes at 2 ends. A share is of all combinations of answers, not of people.',
    '',
    'act (today)',
    '  always: signs has a',
    '  always: age is 0 to 12 or unknown',
    '  - level 2, police: report   [33 %, 478e1479]',
    '    such as: signs = a; age = 0',
    '',
    'rest (today)',
    '  - level 2   [42 %, 074635a4]',
    '    always: signs has a or b',
    '    such as: signs = b',
    '  - nothing stands   [25 %, 7d3b10b9]',
    '    always: signs has no a, b',
    '    such as: no to signs',
    '',
    '# What else comes out, and what is asked.',
    'level 2   [75 %, abb54fb7]',
    'level: nothing   [25 %, 7d3b10b9]',
    'parents: nothing   [all, 00000001]',
    'consent: nothing   [all, 00000001]',
    'police: report   [33 %, 478e1479]',
    'police: nothing   [67 %, 40f4eca0]',
    'first contact mash   [all, 00000001]',
    'contact lead   [50 %, 9ae0f605]',
    'contact mash   [all, 00000001]',
    'asked signs   [all, 00000001]',
    'asked age   [50 %, 448d3a18]',
    '',
  ]);
});

test('it changes when an answer leads elsewhere, or anything else comes out', () => {
  const swapped = small();
  const [neglect, abuse] = questionOf(swapped, 'concerns').options;
  Object.assign(neglect as object, { police: 'report' });
  delete abuse?.police;
  expect(outcomesOf(flowOf(swapped))).not.toBe(outcomesOf(flowOf(small())));

  const record = small();
  Object.assign(stepOf(record, 'end', 'support'), { record: ['something'] });
  expect(outcomesOf(flowOf(record))).not.toBe(outcomesOf(flowOf(small())));
});

test('it changes with a number that is dialled and with the time of a step', () => {
  const told = (change: (flow: Flow) => void) => {
    const made = flowOf(small());
    change(made);
    return outcomesOf(made);
  };
  const contact = { id: 'mash', name: 'M', for: 'All', cite: [] };
  const ring = (number: string) => (made: Flow) => {
    made.contacts.mash = { ...contact, phones: [{ number, cite: [] }] };
  };
  expect(told(ring('0161 496 0000'))).toMatch(/^contact mash \(0161 496 0000\) {3}\[/m);
  expect(told(ring('0161 496 0001'))).not.toBe(told(ring('0161 496 0000')));
  const [id = ''] = Object.keys(flowOf(small()).next);
  const take = (within: string) => (made: Flow) => {
    made.next[id] = { ...(made.next[id] as NextStep), within };
  };
  expect(told(take('7 days'))).not.toBe(told(take('1 day')));
});

test('it does not change with the wording', () => {
  const reworded = small();
  for (const one of reworded.questions) one.text = `Please tell us: ${one.text}`;
  stepOf(reworded, 'advise', 'tell').text = 'In other words';
  expect(outcomesOf(flowOf(reworded))).toBe(outcomesOf(flowOf(small())));
});

test('it stays short: topics that would make it longer are summarised in its rows', () => {
  const words = {
    parents: ['tell', 'ask first', 'do not tell'],
    consent: ['needed', 'weigh'],
    police: ['consider', 'report', 'call 999'],
  };
  const options = Object.entries(words).flatMap(([topic, values]) =>
    values.map((word, at) => option(`${topic}_${at}`, { [topic]: word })),
  );
  const lists: Question[] = [1, 2, 3].map((level) =>
    question(`q${level}`, 'several of', {
      options: level === 1 ? options : [option('up', { level })],
      unknown: { label: '?', next: ['refer'] },
    }),
  );
  const ends = [1, 2, 3].map((min) =>
    end(`end_${min}`, { when: { kind: 'ticks', fact: 'q1', min: 4 - min, of: options.map(({ id }) => id) } }),
  );
  const steps = [...lists.map(({ id }) => ask(id)), advise('base', { level: 1 }), ...ends, end('last')];
  const interview = runInterview(flow([part('main', steps)], lists), []);
  const full = findRows(interview, Number.POSITIVE_INFINITY);
  const short = findRows(interview, 80);
  expect(full.length).toBeGreaterThan(80);
  expect(short.length).toBeLessThanOrEqual(80);
  expect(short.some((row) => row.heights.consent.length > 1)).toBe(true);
  for (const rows of [full, short]) expect(rows.reduce((sum, row) => sum + row.share, 0)).toBeCloseTo(1, 12);
});

test('shares in words', () => {
  expect([0, 1, 0.9999, 0.5, 0.01, 0.00003, 1e-12].map(describeShare)).toEqual([
    'never',
    'all',
    '99 %',
    '50 %',
    '1 in 100',
    '1 in 33,000',
    '1 in 1e12',
  ]);
});
