/**
 * One entry of every kind, with every property filled in. Complete by its type, so that a new kind or property does not
 * compile until it is added here. Each text that a person writes begins with “¶” and is unique, so that a test can find
 * where it is shown.
 */

import type { DeadlineSet, OutcomeInstead, Who } from '../server/consultation/desk-happening.ts';
import type { Happening } from '../server/consultation/entry.ts';
import type { PathwayHappening } from '../server/consultation/pathway-happening.ts';
import type { DeskDecisionId } from '../server/flow/desk-decisions.ts';

type Shown = Exclude<Happening, PathwayHappening>;
type Kind = Shown['kind'];
/** Optional properties have to be filled in as well, except those that are named. */
type Full<Of extends Kind> = Required<Omit<Extract<Shown, { kind: Of }>, 'kind'>>;

const AMINA: Who = { id: 'amina', name: 'Amina Shah', role: 'duty worker' };
const WHEN = '20 November 2026 at 08:00';
const due = (id: string): DeadlineSet => ({ id, do: `Do ${id}`, who: 'Amina Shah', by: '2026-11-23' });
const OUTCOME: DeskDecisionId = 'advice_only';
const INSTEAD: OutcomeInstead = {
  outcome: OUTCOME,
  words: 'Advice',
  level: 2,
  advised: 'Refer',
  departs: 'yes',
  deadlines: [],
};

/** In an order in which they can happen. */
export const EVERY: { [Of in Kind]: Full<Of> } = {
  opened: { area: 'bury', flow: 'level', version: 'f00d', reference: 'B 48 29 17 35 2' },
  answered: { question: 'words', answer: '¶ what the child said' },
  'asked again': { questions: ['danger_seen'], decided: 'yes' },
  moved: { version: 'f00d', why: 'The guidance was withdrawn', told: ['Nothing is lost'] },
  'asker named': { asker: { name: '¶ asker', role: '¶ role', agency: '¶ agency', contact: '¶ contact' } },
  'child named': { known: 'yes', name: '¶ child' },
  told: { spokeTo: '¶ spoken to', when: `¶ ${WHEN}`, reference: '¶ reference', toldBy: 'desk', before: '¶ day meant' },
  'consent recorded': { consent: 'given', reason: '¶ why consent' },
  'parents recorded': { parents: 'told', reason: '¶ why parents' },
  shared: { what: '¶ shared', withWhom: '¶ with', purpose: '¶ purpose' },
  'police recorded': { referred: 'no', reason: '¶ why police' },
  decided: { asAdvised: 'no', decision: '¶ decision', reason: '¶ why decided' },
  noted: { text: '¶ note' },
  'taken away': { as: 'pdf' },
  'handover sheet taken away': {
    as: 'pdf',
    lines: [{ part: 'said', label: 'Said', words: '¶ line of the hand-over sheet' }],
  },
  'next hours recorded': { chosen: [{ id: 'home', words: 'Going home' }], note: '¶ note of the hours' },
  'handover sheet sent': {
    sent: 'to services',
    to: '¶ hand-over sheet to',
    when: `¶ hand-over sheet ${WHEN}`,
    reference: '¶ hand-over sheet reference',
    note: '¶ hand-over sheet note',
    before: '¶ hand-over sheet day meant',
  },
  'handed over': { question: '¶ question', reach: '', urgent: 'no', deadlines: [due('visit'), due('call')] },
  'taken by telephone': { reach: '¶ reach', deadlines: [] },
  claimed: {},
  'handed back': { reason: '¶ handed back' },
  'passed on': { to: AMINA, reason: '¶ passed on' },
  'taken over': { from: AMINA, reason: '¶ taken over' },
  'urgency lowered': { to: 'none', reason: '¶ lowered' },
  'field recorded': {
    field: 'plan',
    label: 'Plan',
    value: '¶ field',
    words: '¶ field',
    reason: '¶ why field',
    counts: 'x',
    listedAs: 'x',
  },
  'outcome recorded': {
    outcome: OUTCOME,
    words: 'Advice in the open',
    reason: '¶ why outcome',
    decidedBy: '¶ decided by',
    level: 2,
    advised: 'Early help',
    departs: 'yes',
    signers: [],
    deadlines: [],
  },
  'outcome countersigned': { denies: 'yes', signed: 'yes', reason: '¶ why signed', decisions: [], deadlines: [] },
  'referral reviewed': { accepted: 'no', reason: '¶ why not agreed', instead: INSTEAD },
  'referrer answered': { how: '¶ how', answer: '¶ answer' },
  disputed: { why: '¶ why disputed', deadlines: [] },
  'dispute decided': {
    stands: 'yes',
    reason: '¶ why it stands',
    instead: INSTEAD,
    done: [{ deadline: 'call', do: 'Do call', note: '¶ step done' }],
  },
  'disagreement recorded': { between: '¶ between', about: '¶ about' },
  'disagreement resolved': { decidedBy: '¶ resolver', decision: '¶ resolved' },
  chased: { whom: '¶ chased', answer: '¶ what they said' },
  'deadline met': { deadline: 'visit', do: 'Do visit', note: '¶ met' },
  'deadline dated': { deadline: 'visit', do: 'Do visit', from: 'the call', by: '2026-11-24', within: 'at once' },
  'task set': { task: { ...due('task_1'), do: '¶ task' }, to: AMINA },
  'task done': { task: 'task_1', do: '¶ task', note: '¶ task done', denies: 'yes', deadlines: [] },
  'household child recorded': {
    child: 'c1',
    name: '¶ sister',
    age: '¶ four',
    level: 2,
    levelWords: 'Level 2',
    outcome: OUTCOME,
    outcomeWords: 'Advice',
    note: '¶ note of the sister',
    signers: [],
    deadlines: [],
  },
  'household child removed': { child: 'c2', age: '7', reason: '¶ removed' },
  'case number recorded': { caseNumber: '¶ case number' },
  'decision reported': {
    decision: '¶ elsewhere',
    decidedBy: '¶ their manager',
    decidedAt: '2026-11-20T10:00:00.000Z',
    reason: '¶ their reason',
  },
  'file kept': { file: '¶ file', kept: '¶ drawer' },
  'strategy discussion recorded': {
    when: `¶ discussion ${WHEN}`,
    present: '¶ present',
    agreed: '¶ agreed',
    actions: '¶ actions',
  },
  held: { reason: '¶ held' },
  'hold lifted': { reason: '¶ lifted' },
  'kept longer': { until: '2030-01-01', reason: '¶ kept longer' },
  'erasure approved': { due: '2030-01-01' },
  // Reopens the case, so that a new answer is due.
  reopened: { news: '¶ news', deadlines: [] },
  corrected: {
    corrects: 1,
    text: '¶ corrected',
    reason: '¶ why corrected',
    decider: 'Named in the text',
    happened: 'yes',
  },
};

export const KINDS = Object.keys(EVERY) as Kind[];

export function happeningOf(kind: Kind): Happening {
  return { kind, ...EVERY[kind] } as Happening;
}

/** Every text that a person wrote in the entry. */
export function writtenIn(value: unknown): string[] {
  if (typeof value === 'string') return value.startsWith('¶') ? [value] : [];
  return typeof value === 'object' && value !== null ? [...new Set(Object.values(value).flatMap(writtenIn))] : [];
}
