import { expect, it } from 'vitest';
import { fieldsFor, findOutcome } from '../../server/flow/desk.ts';
import { loadLibrary, readFolder } from '../../server/flow/library.ts';

const files = readFolder('flows');

function loadWith(area: string, change: (text: string) => string) {
  const near = files.filter((file) => [area, 'national'].includes(file.folder) && file.name !== 'cases.yaml');
  const changed = near.map((file) =>
    file.folder === area && file.name === 'desk.yaml' ? { ...file, text: change(file.text) } : file,
  );
  return loadLibrary(changed, '2026-11-22');
}

it.each(['bury', 'bolton', 'stockport'])(
  'the desk of %s has all outcomes, and no further action needs a reason',
  (area) => {
    const { library, problems } = loadWith(area, (text) => text);
    expect(problems.filter((problem) => problem.kind === 'error')).toEqual([]);
    const desk = library.areas.get(area)?.desk;
    expect(desk?.outcomes.map((outcome) => outcome.id)).toEqual([
      'advice_only',
      'early_help',
      'referral_agreed',
      'referral_declined',
      'urgent_route',
      'no_further_action',
    ]);
    expect(desk && findOutcome(desk, 'no_further_action')?.needsReason).toBe(true);
    expect(desk?.dispute.steps.length).toBeGreaterThan(2);
  },
);

it('a field stands only where its flow and its level are', () => {
  const desk = loadWith('bury', (text) => text).library.areas.get('bury')?.desk;
  const asked = (flow: string, level: number) => desk && fieldsFor(desk, flow, level).map((field) => field.id);
  expect(asked('level', 4)).toContain('shared_without_consent');
  expect(asked('level', 5)).not.toContain('shared_without_consent');
  expect(asked('exploitation', 5)).toContain('rag');
  expect(asked('level', 5)).not.toContain('rag');
});

it.each([
  [
    'reason for: [no_concern, not_screened]',
    'reason for: [no_concer]',
    /desk.yaml:\d+:\d+: there is no answer "no_concer". Did you mean "no_concern"\?/,
  ],
  ['levels: 4', 'levels: 9', /level 9 is not on the scale/],
  ['flows: [exploitation]', 'flows: [exploitatio]', /no flow is called "exploitatio"/],
  ['needed for: every outcome', 'needed for: every outcom', /no outcome "every outcom"/],
  ['next: watch_and_return', 'next: watch_and_retur', /no next step is called "watch_and_retur"/],
  ['    reason: needed\n', '    reason: wanted\n', /no further action always needs a reason/],
  ['  rag:', '  concern:', /"concern" stands here and in flows\/national\/desk.yaml/],
  ['{outcome}', '{outcom}', /nothing can be filled in for "\{outcom\}". Did you mean "outcome"/],
  ['keep: 6 years', 'keep: for ever', /"for ever" does not fit "keep"/],
  ['searches: 1 year', 'searches: a while', /"a while" does not fit/],
  ['from: the last entry', 'from: birth', /"birth" does not fit "from"/],
  ['retention:', 'retain:', /"retain" is no key here.*retention/],
  ['cite: BT 5.2', 'cite: BT 5.99', /there is no "BT 5.99"/],
  ['    counts: residence\n', '', /no field feeds the figure "residence"/],
  ['counts: residence', 'counts: age', /"residence" and "age" both feed the figure "age"/],
  ['counts: residence', 'counts: residenc', /desk.yaml:\d+:\d+: .*counts/],
  [
    '    type: yes or no\n',
    '    type: yes or no\n    counts: residence\n',
    /what is counted needs an option "not_known"/,
  ],
  ['    type: long text\n', '    type: long text\n    counts: residence\n', /a long text cannot be counted/],
])('a mistake (%s → %s) is told with its place', (right, wrong, told) => {
  const { problems } = loadWith('bury', (text) => text.replace(right, wrong));
  const words = problems.map(({ file, line, column, message }) => `${file}:${line}:${column}: ${message}`);
  expect(words.join('\n')).toMatch(told);
});
