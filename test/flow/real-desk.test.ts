import { expect, it } from 'vitest';
import { checkArea } from '../../server/flow/check/check.ts';
import { fieldsFor, findOutcome } from '../../server/flow/desk.ts';
import { DESK_DECISIONS } from '../../server/flow/desk-decisions.ts';
import { readContent } from '../../server/flow/language/content.ts';
import { CONTENT_DAY } from '../content-day.ts';
import { loadReal, realFiles } from '../real-content.ts';
import { someOf } from '../short-form.ts';

const filesOf = (folder: string) => realFiles.filter((file) => file.folder === folder && file.name !== 'cases.yaml');
const national = readContent('national', filesOf('national')).content;

/**
 * Of the flows, only the one that Bury's desk refers to is loaded: mistakes in a desk are reported beside whatever the
 * others lack.
 */
const isNoFlow = ({ text, name }: { text: string; name: string }) =>
  !/^steps:/m.test(text) || name === 'exploitation.yaml';
const withoutFlows = readContent('national', filesOf('national').filter(isNoFlow)).content;

interface Loaded {
  change?: (text: string) => string;
  hasFlows?: boolean;
}

/** The area with a changed desk. */
function loadArea(area: string, { change = (text) => text, hasFlows = true }: Loaded) {
  const all = hasFlows ? filesOf(area) : filesOf(area).filter(isNoFlow);
  const files = all.map((file) => (file.name === 'desk.yaml' ? { ...file, text: change(file.text) } : file));
  const { content, problems } = readContent(area, files);
  const checked = checkArea({ own: content, national: hasFlows ? national : withoutFlows }, CONTENT_DAY);
  return { desk: checked.desk, problems: [...problems, ...checked.problems] };
}

const deskOf = (area: string) => loadReal().areas.get(area)?.desk;

it.each(['bury', 'bolton', 'stockport'])(
  'the desk of %s has a label, a source and a time for every outcome, and no further action needs a reason',
  (area) => {
    const { desk, problems } = loadArea(area, {});
    expect(problems.filter((problem) => problem.kind === 'error')).toEqual([]);
    const outcomes = desk?.outcomes ?? [];
    expect(new Set(outcomes.map(({ label }) => label)).size).toBe(DESK_DECISIONS.length);
    for (const { id, cite, keep } of outcomes)
      expect([id, cite.length > 0, /\d+ years?/.test(keep)]).toEqual([id, true, true]);
    expect(desk && findOutcome(desk, 'no_further_action')?.needsReason).toBe(true);
    // The area says itself who makes the referral; the national text only refers to the duty worker.
    const agreed = desk && findOutcome(desk, 'referral_agreed')?.forReferrer;
    expect(agreed).toMatch(/^(You make|The child's social worker completes) the referral/);
    expect(desk?.dispute.steps.length).toBeGreaterThan(2);
  },
);

it('a field is asked only for its flows and levels', () => {
  const desk = deskOf('bury');
  const asked = (flow: string, level: number) => desk && fieldsFor(desk, flow, level).map((field) => field.id);
  expect(asked('level', 4)).toContain('shared_without_consent');
  expect(asked('level', 5)).not.toContain('shared_without_consent');
  expect(asked('exploitation', 5)).toContain('rag');
  expect(asked('level', 5)).not.toContain('rag');
});

const ASKED_IN_BURY = [
  'risk assessment',
  'risk result',
  'suspects',
  'suspect relation',
  'suspect age',
  'suspect gender',
  'suspect ethnicity',
];

it('what Bury’s strategy wants reported each quarter is counted there only, with a citation and a "not known"', () => {
  const fieldsOf = (area: string) => deskOf(area)?.fields ?? [];
  const fields = fieldsOf('bury').filter(({ counts = '' }) => ASKED_IN_BURY.includes(counts));
  expect(fields.map(({ counts }) => counts).sort()).toEqual([...ASKED_IN_BURY].sort());
  for (const { id, cite, type, options } of fields) {
    expect([id, cite.some((one) => one.startsWith('BS governance'))]).toEqual([id, true]);
    expect([id, type, options.some((option) => option.id === 'not_known')]).toEqual([id, 'one of', true]);
  }
  const worked = fieldsOf('bury').filter(({ listedAs }) => listedAs === 'what worked');
  expect(worked.map(({ type, counts }) => [type, counts])).toEqual([['long text', undefined]]);
  for (const area of ['bolton', 'stockport'])
    for (const { id, counts = '', listedAs } of fieldsOf(area))
      expect([id, ASKED_IN_BURY.includes(counts), listedAs]).toEqual([id, false, undefined]);
});

const MISTAKES: [right: string, wrong: string, told: RegExp][] = [
  [
    'reason for: [no_concern, not_screened]',
    'reason for: [no_concer]',
    /desk.yaml:\d+:\d+: there is no answer "no_concer". Did you mean "no_concern"\?/,
  ],
  ['levels: 4', 'levels: 9', /level 9 is not on the scale/],
  ['flows: [exploitation]', 'flows: [exploitatio]', /no flow is called "exploitatio"/],
  ['needed for: every outcome', 'needed for: every outcom', /no outcome "every outcom"/],
  ['next: watch_and_return', 'next: watch_and_retur', /no next step is called "watch_and_retur"/],
  [
    'next if advised: [risk_measurement',
    'next if advised: [risk_measuremen',
    /desk.yaml:\d+:\d+: no next step is called "risk_measuremen"/,
  ],
  ['    reason: needed\n', '    reason: wanted\n', /no further action always needs a reason/],
  ['  rag:', '  concern:', /"concern" stands here and in flows\/national\/desk.yaml/],
  ['{outcome}', '{outcom}', /nothing can be filled in for "\{outcom\}". Did you mean "outcome"/],
  ['keep: 6 years', 'keep: for ever', /"for ever" does not fit "keep"/],
  ['searches: 1 year', 'searches: a while', /"a while" does not fit/],
  ['from: the last entry', 'from: birth', /"birth" does not fit "from"/],
  ['retention:', 'retain:', /"retain" is no key here.*retention/],
  ['cite: BT 5.2', 'cite: BT 5.99', /there is no "BT 5.99"/],
  ['    counts: residence\n', '', /no field feeds the figure "residence"/],
  ['counts: suspect age', 'counts: suspects', /"suspects" and "suspect_age" both feed the figure "suspects"/],
  ['    type: long text\n', '    type: long text\n    listed as: what worked\n', /both are listed as "what worked"/],
  ['    counts: residence\n', '    counts: residence\n    listed as: what worked\n', /a one of is counted, not listed/],
  ['counts: residence', 'counts: age', /"residence" and "age" both feed the figure "age"/],
  ['counts: residence', 'counts: residenc', /desk.yaml:\d+:\d+: .*counts/],
  [
    '    type: yes or no\n',
    '    type: yes or no\n    counts: residence\n',
    /what is counted needs an option "not_known"/,
  ],
  ['    type: long text\n', '    type: long text\n    counts: residence\n', /a long text cannot be counted/],
];

it.each(someOf(MISTAKES))('a mistake (%s → %s) is reported with its place', (right, wrong, told) => {
  const { problems } = loadArea('bury', { change: (text) => text.replace(right, wrong), hasFlows: false });
  const words = problems.map(({ file, line, column, message }) => `${file}:${line}:${column}: ${message}`);
  expect(words.join('\n')).toMatch(told);
});
