/** The text that a word search looks through: everything that a person wrote, and nothing that the tool wrote. Pure. */
import type { Entry, Happening } from '../consultation/entry.ts';
import { isPathwayKind, type PathwayHappening } from '../consultation/pathway-happening.ts';

/**
 * Whose words a property contains: a person's, the tool's, or both. For both, a function returns those that a person
 * wrote.
 */
type Origin<Value, What> = 'person' | 'tool' | ((value: NonNullable<Value>, what: What) => readonly string[]);
type Searched = Exclude<Happening, PathwayHappening>;
type Origins = {
  [Kind in Searched['kind']]: OriginsOf<Omit<Extract<Searched, { kind: Kind }>, 'kind'>>;
};
type OriginsOf<What> = { [Name in keyof What]-?: Origin<What[Name], What> };

/** Contains every kind and every property, so that a new one does not compile until it says whose words it contains. */
const ORIGINS: Origins = {
  opened: { area: 'tool', flow: 'tool', version: 'tool', reference: 'tool' },
  // Free text has a space in it; an option's id has none.
  answered: {
    question: 'tool',
    answer: (answer) => (typeof answer === 'string' && answer.includes(' ') ? [answer] : []),
  },
  'asked again': { questions: 'tool', decided: 'tool' },
  moved: { version: 'tool', why: 'tool', told: 'tool' },
  'asker named': { asker: 'person' },
  'child named': { known: 'tool', name: 'person' },
  told: { spokeTo: 'person', when: 'person', reference: 'person', toldBy: 'tool', before: 'person' },
  'consent recorded': { consent: 'tool', reason: 'person' },
  'parents recorded': { parents: 'tool', reason: 'person' },
  shared: { what: 'person', withWhom: 'person', purpose: 'person' },
  'police recorded': { referred: 'tool', reason: 'person' },
  decided: { asAdvised: 'tool', decision: 'person', reason: 'person' },
  noted: { text: 'person' },
  'taken away': { as: 'tool' },
  'handover sheet taken away': { as: 'tool', lines: (lines) => lines.map(({ words }) => words) },
  'next hours recorded': { chosen: 'tool', note: 'person' },
  'handover sheet sent': {
    sent: 'tool',
    to: 'person',
    when: 'person',
    reference: 'person',
    note: 'person',
    before: 'person',
  },
  // The new decider's name is in the text as well.
  corrected: { corrects: 'tool', text: 'person', reason: 'person', decider: 'tool', happened: 'tool' },
  'handed over': { question: 'person', reach: 'person', urgent: 'tool', deadlines: 'tool' },
  'taken by telephone': { reach: 'person', deadlines: 'tool' },
  claimed: {},
  'handed back': { reason: 'person' },
  'passed on': { to: 'tool', reason: 'person' },
  'urgency lowered': { to: 'tool', reason: 'person' },
  'field recorded': {
    field: 'tool',
    label: 'tool',
    value: 'tool',
    // For a choice, `words` and `value` differ, and a person typed neither. For typed text they are equal.
    words: (words, { value }) => (words === value ? [words] : []),
    reason: 'person',
    counts: 'tool',
    listedAs: 'tool',
  },
  'outcome recorded': {
    outcome: 'tool',
    words: 'tool',
    reason: 'person',
    decidedBy: 'person',
    level: 'tool',
    advised: 'tool',
    departs: 'tool',
    signers: 'tool',
    deadlines: 'tool',
  },
  'outcome countersigned': { signed: 'tool', reason: 'person', denies: 'tool', decisions: 'tool', deadlines: 'tool' },
  'referral reviewed': { accepted: 'tool', reason: 'person', instead: 'tool' },
  'dispute decided': {
    stands: 'tool',
    reason: 'person',
    instead: 'tool',
    done: (done) => (done ?? []).map(({ note }) => note),
  },
  'disagreement recorded': { between: 'person', about: 'person' },
  'disagreement resolved': { decidedBy: 'person', decision: 'person' },
  chased: { whom: 'person', answer: 'person' },
  'referrer answered': { how: 'person', answer: 'person' },
  'deadline met': { deadline: 'tool', do: 'tool', note: 'person' },
  'deadline dated': { deadline: 'tool', do: 'tool', from: 'tool', by: 'tool', within: 'tool' },
  disputed: { why: 'person', deadlines: 'tool' },
  reopened: { news: 'person', deadlines: 'tool' },
  'task set': { task: ({ do: what }) => [what], to: 'tool' },
  'task done': { task: 'tool', do: 'tool', note: 'person', denies: 'tool', deadlines: 'tool' },
  'household child recorded': {
    child: 'tool',
    name: 'person',
    age: 'person',
    level: 'tool',
    levelWords: 'tool',
    outcome: 'tool',
    outcomeWords: 'tool',
    note: 'person',
    signers: 'tool',
    deadlines: 'tool',
  },
  'household child removed': { child: 'tool', age: 'tool', reason: 'person' },
  'taken over': { from: 'tool', reason: 'person' },
  'case number recorded': { caseNumber: 'person' },
  'decision reported': { decision: 'person', decidedBy: 'person', decidedAt: 'tool', reason: 'person' },
  'file kept': { file: 'person', kept: 'person' },
  'strategy discussion recorded': { when: 'person', present: 'person', agreed: 'person', actions: 'person' },
  held: { reason: 'person' },
  'hold lifted': { reason: 'person' },
  'kept longer': { until: 'tool', reason: 'person' },
  'erasure approved': { due: 'tool' },
};

/** One line for each text. The pathway is left out, because not everybody at the desk may read it. */
export function wordsOf(entries: readonly Entry[]): string {
  return entries.flatMap(({ what }) => (isPathwayKind(what.kind) ? [] : writtenIn(what as Searched))).join('\n');
}

function writtenIn(what: Searched): readonly string[] {
  const origins = ORIGINS[what.kind] as Record<string, Origin<unknown, Searched> | undefined>;
  return Object.entries(what).flatMap(([name, value]) => {
    const origin = origins[name] ?? 'tool';
    if (origin === 'tool' || value === undefined || value === null) return [];
    return origin === 'person' ? textsIn(value) : origin(value, what);
  });
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
