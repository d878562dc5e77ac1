/**
 * The table of everything that the desk does with a consultation. Each entry says who may do it, when and where its
 * form is offered, the words of the form, the function that decides it, and what the page says afterwards. The key is
 * the noun in the URL, and each noun has one verb: the form posts to "chasings", the permission is checked for `chase`,
 * and the log says "chased". Routes, forms and permissions all read this table.
 *
 * A new action begins here, with its entry. What it writes into the log comes next, in `consultation/desk-happening.ts`;
 * then the decision, in `case-work.ts` or beside it; the type checker names the rest. See `docs/tasks/desk-action.md`.
 */
import { readConsultation } from '../consultation/consultation.ts';
import type { Who } from '../consultation/desk-happening.ts';
import { type Entry, type Happening, isRefusal, type Refusal } from '../consultation/entry.ts';
import type { Field } from '../consultation/form-field.ts';
import type { Form } from '../consultation/recording.ts';
import { type Desk, type DeskField, findOutcome } from '../flow/desk.ts';
import type { Flow } from '../flow/flow.ts';
import type { Action } from '../people/permissions.ts';
import {
  chase,
  dateDeadline,
  disputeOutcome,
  isDoneByDesk,
  isMetElsewhere,
  meetDeadline,
  reopen,
  reply,
} from './aftercare.ts';
import { doTask, mayDoTask, recordCaseNumber, recordDiscussion, recordFile, setTask, takeOver } from './case-work.ts';
import { claim, handBack, passOn } from './claiming.ts';
import { countersign, DENIAL_LABEL, describeToSign } from './countersigning.ts';
import { withDangerAgain } from './danger-again.ts';
import type { Now } from './deadlines.ts';
import { decideDispute, disagree, fillInAndDecide, resolve, reviewReferral, stepDoneName } from './decision.ts';
import { decisionContext } from './decision-context.ts';
import {
  type Deadline,
  type DecisionToSign,
  type DeskCase,
  disputeSteps,
  type HouseholdChild,
  isNamedTask,
} from './desk-case.ts';
import { decisionFields, fieldsToAsk, formFieldsOf } from './form-fields.ts';
import { childFields, recordChild, removeChild } from './household.ts';
import { takeKnown } from './known-facts.ts';
import { bringDeadlinesForward, paceOf } from './pace.ts';
import { ONLY_DESK, whoAsked, whoIsAnsweredAgain, whoReads, whoReadsRefusal } from './readers.ts';
import { fillIn } from './record-fields.ts';
import { mayRefuse, whyNotSign } from './signers.ts';
import { type DeskVerb, isPossible } from './transitions.ts';
import { type Danger, describeUrgency, lowerThan, lowerUrgency, type Urgency } from './urgency.ts';

/** Sections of the page of a consultation, by the id that a link leads to. */
export type DeskSection =
  | 'work'
  | 'household'
  | 'claims'
  | 'fields'
  | 'reviews'
  | 'replies'
  | 'tellings'
  | 'done-deadlines'
  | 'reopenings';

/** The consultation as its page shows it: what decides which forms are offered, and their words. */
export interface ShownCase {
  deskCase: DeskCase;
  desk: Desk;
  /** The area's fields that are asked in this consultation. */
  fields: readonly DeskField[];
  /** People of the area's desk who could take it. */
  colleagues: readonly Who[];
  /** Id, name and role of the signed-in person. */
  person?: string;
  personName?: string;
  role?: string;
  /** Account id → why that person cannot work on a consultation: away today, or can no longer sign in. */
  absent: ReadonlyMap<string, string>;
  /** The levels of the area, in words. */
  scale: readonly string[];
  urgency: Urgency;
  danger: Danger;
  /** The flow's questions about immediate danger: they are asked again when something new is known. */
  dangerFields: readonly Field[];
  /** Set while the list of deadlines is drawn: each open deadline has its own forms. */
  deadline?: Deadline;
  /** A text of the area that the person chose to begin the answer with. */
  begunWith?: string;
  /** Set while the household is drawn: each child has its own forms. */
  child?: HouseholdChild;
  /** Set while the decisions to sign are drawn: each of them is signed separately. */
  decision?: DecisionToSign;
}

/** What a decision may depend on besides the entries. */
export interface DeskContext {
  form: Form;
  who: Who;
  colleagues: readonly Who[];
  flow: Flow;
  desk: Desk;
  fields: readonly DeskField[];
  now: Now;
}

export interface DeskAction {
  permission: Action;
  /** The state transition. The action is offered only where `transitions.ts` allows it. */
  verb: DeskVerb;
  section: DeskSection;
  /** A condition for offering the form, in addition to the state. */
  offered?: (shown: ShownCase) => boolean;
  /** The summary that unfolds the form. Without it, the page shows only the button. */
  summary?: (shown: ShownCase) => string;
  fields: (shown: ShownCase) => Field[];
  /** The label of the button. */
  submit: string;
  /** What the page says afterwards. */
  done: string;
  /** The label of the button for a deadline whose form asks something different. */
  submitHere?: (shown: ShownCase) => string | undefined;
  decide: (entries: readonly Entry[], context: DeskContext) => readonly Happening[] | Refusal;
}

const YES_NO = [
  ['yes', 'Yes'],
  ['no', 'No'],
] as const;

/** Offered only after an outcome. A disagreement between professionals, in contrast, is possible at any time. */
function describeDispute({ deskCase }: Pick<ShownCase, 'deskCase'>): string {
  return `${whoAsked(deskCase)} disputes the recorded outcome`;
}

/** Colleagues who are away can be chosen, too; the choice says why they cannot work now. */
function colleagueChoices({ colleagues, absent }: ShownCase): (readonly [string, string])[] {
  return colleagues.map(({ id, name, role }) => {
    const why = absent.get(id);
    return [id, why === undefined ? `${name}, ${role}` : `${name}, ${role}, ${why}`] as const;
  });
}

const signedIn = ({ person = '', personName = '', role = '' }: ShownCase): Who => ({
  id: person,
  name: personName,
  role,
});

/** Why the signed-in person may not sign this decision, in words for them; empty if they may. */
export function whyNotSignHere(shown: ShownCase): string {
  const why = shown.decision && whyNotSign(shown.deskCase, shown.decision, signedIn(shown));
  return why === undefined ? '' : `You do not sign it: ${why}.`;
}

function signingSummary(shown: ShownCase): string {
  if (whyNotSignHere(shown) !== '') return 'I did not take this decision';
  const { child, age } = shown.decision ?? { child: '', age: '' };
  return child === ''
    ? 'Sign the outcome as a second person'
    : `Sign as a second person what was decided for the child of age ${age}`;
}

/** The outcome that a manager puts in place of the recorded one. */
function insteadField({ desk, deskCase }: ShownCase): Field {
  const others = desk.outcomes.filter(({ id }) => id !== deskCase.outcome?.outcome);
  return {
    name: 'instead',
    label: 'If not, which outcome stands instead?',
    hint: `It replaces the outcome and its deadlines. ${whoIsAnsweredAgain(deskCase)}`,
    kind: 'choice',
    choices: others.map(({ id, label }) => [id, label] as const),
  };
}

/** Moves deadlines forward if what was recorded about another child is urgent. */
function withDeadlinesForward(
  decided: readonly Happening[] | Refusal,
  entries: readonly Entry[],
  context: DeskContext,
) {
  return isRefusal(decided) ? decided : [...decided, ...bringDeadlinesForward(context, entries, decided)];
}

/** For the person whom somebody else named as the one who took the decision. */
const NAMED_FIELDS: Field[] = [
  {
    name: 'took',
    label: 'Did you take this decision?',
    hint: 'The outcome stays as it is. If you did not, the record says so beside it until it is corrected who did',
    kind: 'choice',
    choices: [
      ['yes', 'Yes'],
      ['no', 'No, I did not'],
    ],
  },
  { name: 'note', label: 'If not: what you know of it', kind: 'text' },
];

/** In the order in which each section of the page shows them. */
export const DESK_ACTIONS = {
  claims: {
    permission: 'consultation.claim',
    verb: 'claim',
    section: 'claims',
    fields: () => [],
    submit: 'Claim',
    done: 'Claimed.',
    decide: (entries, { who }) => claim(entries, who),
  },
  passings: {
    permission: 'consultation.pass on',
    verb: 'pass on',
    section: 'claims',
    offered: ({ deskCase }) => deskCase.claimedBy !== undefined,
    summary: () => 'Pass it on to a colleague',
    fields: (shown) => [
      { name: 'to', label: 'Who takes it', kind: 'choice', choices: colleagueChoices(shown) },
      { name: 'reason', label: 'What they should know (can stay empty)', kind: 'text' },
    ],
    submit: 'Pass it on',
    done: 'Passed on to your colleague.',
    decide: (entries, { form, colleagues }) => passOn(entries, form, colleagues),
  },
  'take-overs': {
    permission: 'consultation.claim',
    verb: 'take over',
    section: 'claims',
    offered: ({ deskCase, person }) => deskCase.claimedBy !== undefined && deskCase.claimedBy.id !== person,
    summary: ({ deskCase, absent }) => {
      const why = absent.get(deskCase.claimedBy?.id ?? '');
      return `Take it over from ${deskCase.claimedBy?.name ?? 'a colleague'}${why === undefined ? '' : `, who ${why}`}`;
    },
    fields: ({ deskCase, absent }) => {
      const why = absent.get(deskCase.claimedBy?.id ?? '');
      const value = why === undefined ? '' : `${deskCase.claimedBy?.name} ${why}`;
      const hint = 'They are absent, or have left. It stands in the record';
      return [{ name: 'reason', label: 'Why you take it over', hint, kind: 'text', value }];
    },
    submit: 'Take it over',
    done: 'Taken over.',
    decide: takeOver,
  },
  'hand-backs': {
    permission: 'consultation.hand back',
    verb: 'hand back',
    section: 'claims',
    summary: () => 'Hand it back to the queue',
    fields: () => [{ name: 'reason', label: 'Why (can stay empty)', kind: 'text' }],
    submit: 'Hand it back',
    done: 'Handed back to the queue.',
    decide: (entries, { form }) => handBack(entries, form),
  },
  'urgency-lowerings': {
    permission: 'record.write',
    verb: 'lower urgency',
    section: 'claims',
    offered: ({ urgency }) => lowerThan(urgency).length > 0,
    summary: (shown) => `${describeUrgency(shown)}: make it less urgent`,
    fields: ({ urgency }) => [
      {
        name: 'to',
        label: 'How urgent it is now',
        hint: 'No answer makes it less urgent: you do, and the record keeps why',
        kind: 'choice',
        choices: lowerThan(urgency).map((to) => [to, describeUrgency({ urgency: to, danger: '' })] as const),
      },
      { name: 'reason', label: 'Why, and how you know', kind: 'text' },
    ],
    submit: 'Make it less urgent',
    done: 'It is less urgent now. The record keeps why.',
    decide: (entries, { form, flow }) => lowerUrgency(entries, form, flow),
  },
  fields: {
    permission: 'record.write',
    verb: 'write',
    section: 'fields',
    fields: (shown) => fieldsToAsk(shown).flatMap((field) => formFieldsOf(field)),
    submit: 'Save what is filled in',
    done: 'Saved. No outcome was recorded by this.',
    decide: (entries, { form, fields, flow }) =>
      fillIn(entries, fields, takeKnown(form, fields, { flow, consultation: readConsultation('', entries) })),
  },
  // Shown in one form with the area's fields.
  outcomes: {
    permission: 'outcome.record',
    verb: 'record outcome',
    section: 'fields',
    fields: ({ desk, deskCase }) => decisionFields(desk, deskCase),
    submit: 'Save, and record the outcome',
    done: 'The outcome was recorded. Nothing was sent by this.',
    decide: fillInAndDecide,
  },
  reviews: {
    permission: 'outcome.review',
    verb: 'review',
    section: 'reviews',
    offered: ({ desk, deskCase, decision }) =>
      decision === undefined && findOutcome(desk, deskCase.outcome?.outcome ?? '')?.reviewed === true,
    summary: () => 'Review the referral',
    fields: (shown) => [
      { name: 'accepted', label: 'Do you agree with the referral?', kind: 'choice', choices: YES_NO },
      insteadField(shown),
      { name: 'reason', label: 'Reason', hint: `If you do not agree: ${whoReads(shown.deskCase)}`, kind: 'text' },
    ],
    submit: 'Save the review',
    done: 'Your review is saved.',
    decide: (entries, context) => reviewReferral(entries, context.form, decisionContext(context, entries)),
  },
  countersignatures: {
    permission: 'outcome.countersign',
    verb: 'countersign',
    section: 'reviews',
    offered: (shown) => shown.decision !== undefined && mayRefuse(shown.deskCase, shown.decision, signedIn(shown)),
    summary: signingSummary,
    fields: (shown) => [
      {
        name: 'signed',
        label: `You have read the record. Do you sign this? ${shown.decision === undefined ? '' : describeToSign(shown.decision)}`,
        hint: 'If not, this decision no longer holds, and whoever has the consultation decides it anew. Nothing else changes',
        kind: 'choice',
        choices: whyNotSignHere(shown) === '' ? YES_NO : [['no', DENIAL_LABEL]],
      },
      {
        name: 'reason',
        label: 'Reason',
        hint: `Needed if you do not sign. ${shown.decision?.child === '' ? whoReadsRefusal(shown.deskCase) : ONLY_DESK}`,
        kind: 'text',
      },
    ],
    submit: 'Save your signature',
    done: 'What you said of the signature is saved.',
    decide: (entries, context) => countersign(entries, { ...context, pace: paceOf(context.flow, entries) }),
  },
  disagreements: {
    permission: 'record.write',
    verb: 'disagree',
    section: 'reviews',
    offered: ({ decision }) => decision === undefined,
    summary: () => 'Professionals do not agree among themselves',
    fields: (shown) => [
      {
        name: 'between',
        label: 'Who does not agree with whom',
        hint: `For example two agencies, at any time. For an outcome that is disputed, use “${describeDispute(shown)}”`,
        kind: 'line',
      },
      { name: 'about', label: 'On what, and why', kind: 'text' },
    ],
    submit: 'Save the disagreement',
    done: 'The disagreement is written down.',
    decide: (entries, { form }) => disagree(entries, form),
  },
  resolutions: {
    permission: 'record.write',
    verb: 'resolve',
    section: 'reviews',
    offered: ({ deskCase, decision }) =>
      decision === undefined && deskCase.disagreement !== undefined && deskCase.resolution === undefined,
    summary: () => 'It was resolved',
    fields: () => [
      { name: 'decidedBy', label: 'Who decided in the end', kind: 'line' },
      { name: 'decision', label: 'How', kind: 'text' },
    ],
    submit: 'Save how it was resolved',
    done: 'How it was resolved is written down.',
    decide: (entries, { form }) => resolve(entries, form),
  },
  replies: {
    permission: 'record.write',
    verb: 'reply',
    section: 'replies',
    summary: ({ deskCase }) => (deskCase.answer === undefined ? 'Write down the answer' : 'Answered again'),
    fields: ({ deskCase, begunWith }) => [
      { name: 'how', label: 'How', hint: 'By telephone, by e-mail, in person', kind: 'line' },
      {
        name: 'answer',
        label: 'What you answered',
        hint: whoReads(deskCase),
        kind: 'text',
        ...(begunWith !== undefined && { value: begunWith }),
      },
    ],
    submit: 'Save the answer',
    done: 'The answer is written down. The caller has no page here: nobody but you tells them.',
    decide: (entries, { form }) => reply(entries, form),
  },
  chasings: {
    permission: 'record.write',
    verb: 'chase',
    section: 'tellings',
    summary: () => 'I asked whether they have told children’s services',
    fields: () => [
      { name: 'whom', label: 'Whom you asked', kind: 'line' },
      { name: 'answer', label: 'What they said', kind: 'text' },
    ],
    submit: 'Save',
    done: 'It is written down that you asked.',
    decide: (entries, { form }) => chase(entries, form),
  },
  'done-deadlines': {
    permission: 'record.write',
    verb: 'meet',
    section: 'done-deadlines',
    offered: ({ deadline }) => deadline !== undefined && !isMetElsewhere(deadline),
    summary: () => 'Mark as done',
    fields: ({ deadline, role = '' }) => [
      deadline === undefined || isDoneByDesk(deadline, role)
        ? { name: 'note', label: 'What was done (can stay empty)', kind: 'line' }
        : {
            name: 'note',
            label: 'Who did it, and when',
            hint: `It is for somebody else: ${deadline.who}. Write how you know, too`,
            kind: 'line',
          },
    ],
    submit: 'It is done',
    done: 'Marked as done.',
    decide: meetDeadline,
  },
  'done-tasks': {
    permission: 'task.do',
    verb: 'do task',
    section: 'done-deadlines',
    offered: ({ deadline, person = '', role = '' }) =>
      deadline !== undefined && deadline.met === undefined && mayDoTask(deadline, { id: person, role }),
    summary: ({ deadline }) =>
      isNamedTask(deadline?.id ?? '') ? 'Say whether you took this decision' : 'Mark the task as done',
    fields: ({ deadline }) =>
      isNamedTask(deadline?.id ?? '')
        ? NAMED_FIELDS
        : [{ name: 'note', label: 'What was done (can stay empty)', kind: 'line' }],
    submit: 'The task is done',
    done: 'The task is marked as done.',
    submitHere: ({ deadline }) => (isNamedTask(deadline?.id ?? '') ? 'Save what you say' : undefined),
    decide: doTask,
  },
  'dated-deadlines': {
    permission: 'record.write',
    verb: 'date',
    section: 'done-deadlines',
    offered: ({ deadline }) => deadline?.by === undefined && deadline?.within !== undefined,
    summary: () => 'The time runs now',
    fields: ({ deadline }) => [
      {
        name: 'from',
        label: `Day: ${deadline?.from ?? 'from which it counts'}`,
        hint: 'For example 27 3 2026',
        kind: 'line',
      },
    ],
    submit: 'Count from this day',
    done: 'The time runs from that day now.',
    decide: (entries, { form, desk, now }) => dateDeadline(entries, form, desk, now),
  },
  tasks: {
    permission: 'record.write',
    verb: 'set task',
    section: 'done-deadlines',
    offered: ({ deadline }) => deadline === undefined,
    summary: () => 'Add a follow-up, or a task for a colleague',
    fields: (shown) => [
      { name: 'do', label: 'What is to be done', hint: 'Such as: ring the school back', kind: 'line' },
      {
        name: 'to',
        label: 'Who does it',
        hint: 'Leave it open to do it yourself',
        kind: 'choice',
        choices: colleagueChoices(shown),
      },
      {
        name: 'by',
        label: 'By when',
        hint: 'A day, with a time or without: today at 18:00, or 27 3 2027',
        kind: 'line',
      },
    ],
    submit: 'Add it',
    done: 'Added to what is to be done.',
    decide: setTask,
  },
  'household-children': {
    permission: 'record.write',
    verb: 'write',
    section: 'household',
    summary: ({ child }) => (child === undefined ? 'Add a child of the household' : 'Change what holds for this child'),
    fields: ({ scale, desk, child }) => childFields(scale, desk, child),
    submit: 'Save the child',
    done: 'The child is saved.',
    decide: (entries, context) => withDeadlinesForward(recordChild(entries, context), entries, context),
  },
  'household-removals': {
    permission: 'record.write',
    verb: 'write',
    section: 'household',
    offered: ({ child }) => child !== undefined,
    summary: () => 'Recorded by mistake',
    fields: () => [{ name: 'reason', label: 'Why this child does not belong here', kind: 'line' }],
    submit: 'Take the child out',
    done: 'The child was taken out of the household.',
    decide: removeChild,
  },
  'case-numbers': {
    permission: 'record.write',
    verb: 'write',
    section: 'work',
    summary: ({ deskCase }) =>
      deskCase.caseNumber === undefined ? 'Write down the number of the case system' : 'Change the number',
    fields: () => [
      { name: 'caseNumber', label: 'Number in the case system', hint: 'The search finds it', kind: 'line' },
    ],
    submit: 'Save the number',
    done: 'The number is saved.',
    decide: recordCaseNumber,
  },
  'strategy-discussions': {
    permission: 'record.write',
    verb: 'write',
    section: 'work',
    summary: () => 'Record a strategy discussion',
    fields: () => [
      { name: 'when', label: 'When it was', hint: 'Such as today at 14:20, or 27 3 2026 at 9:00', kind: 'line' },
      { name: 'present', label: 'Who took part', hint: 'Name, role and agency of each', kind: 'text' },
      { name: 'agreed', label: 'What was agreed', kind: 'text' },
      { name: 'actions', label: 'What is to be done, by whom and by when', kind: 'text' },
    ],
    submit: 'Save the discussion',
    done: 'The discussion is written down.',
    decide: recordDiscussion,
  },
  files: {
    permission: 'record.write',
    verb: 'write',
    section: 'work',
    summary: () => 'Write down where a file is kept',
    fields: () => [
      { name: 'file', label: 'What it is', hint: 'A form, a letter, photographs', kind: 'line' },
      {
        name: 'kept',
        label: 'Where it is kept',
        hint: 'The system, and the folder or number. No file is put here',
        kind: 'line',
      },
    ],
    submit: 'Save where it is kept',
    done: 'It is written down where the file is kept.',
    decide: recordFile,
  },
  disputes: {
    permission: 'consultation.escalate',
    verb: 'dispute',
    section: 'reopenings',
    offered: ({ deskCase }) => deskCase.dispute === undefined || deskCase.disputeDecision !== undefined,
    summary: describeDispute,
    fields: ({ deskCase }) => [
      {
        name: 'why',
        label: 'What they see differently, and why',
        hint: `It sets the steps and times of your area for a dispute. ${whoReads(deskCase)}`,
        kind: 'text',
      },
    ],
    submit: 'Write it down, and set the steps',
    done: 'The dispute is written down, and its steps are set.',
    decide: (entries, { form, desk, now }) => disputeOutcome(entries, form, desk, now),
  },
  'dispute-decisions': {
    permission: 'outcome.review',
    verb: 'decide dispute',
    section: 'reopenings',
    offered: ({ deskCase }) => deskCase.dispute !== undefined && deskCase.disputeDecision === undefined,
    summary: () => 'Decide the dispute',
    fields: (shown) => [
      {
        name: 'stands',
        label: 'Does the outcome stand?',
        kind: 'choice',
        choices: [
          ['yes', 'It stands'],
          ['no', 'It is changed'],
        ],
      },
      insteadField(shown),
      { name: 'reason', label: 'Reason', hint: whoReads(shown.deskCase), kind: 'text' },
      ...disputeSteps(shown.deskCase).map(({ id, do: what }) => ({
        name: stepDoneName(id),
        label: `“${what}”: who did it, and when`,
        hint: `Leave it empty if it has not been done: it stays on the list with its time. ${whoReads(shown.deskCase)}`,
        kind: 'line' as const,
      })),
    ],
    submit: 'Save the decision',
    done: 'The decision on the dispute is saved.',
    decide: (entries, context) => decideDispute(entries, context.form, decisionContext(context, entries)),
  },
  reopenings: {
    permission: 'consultation.reopen',
    verb: 'reopen',
    section: 'reopenings',
    summary: () => 'Something new is known: reopen it',
    fields: ({ deskCase, dangerFields }) => [
      {
        name: 'news',
        label: 'What is new',
        hint: `All other answers and fields stay as they are, to be changed. ${whoReads(deskCase)}`,
        kind: 'text',
      },
      ...dangerFields,
    ],
    submit: 'Reopen',
    done: 'Reopened. All answers and fields stayed as they are.',
    decide: (entries, { form, desk, now, flow }) =>
      withDangerAgain(entries, { form, flow, ...now }, (all) =>
        reopen(all, form, { desk, now, pace: paceOf(flow, all) }),
      ),
  },
} as const satisfies Record<string, DeskAction>;

export type DeskNoun = keyof typeof DESK_ACTIONS;
/** The nouns of all actions, in the order of the table. */
export const DESK_NOUNS = Object.keys(DESK_ACTIONS) as DeskNoun[];

export function getDeskAction(noun: DeskNoun): DeskAction {
  return DESK_ACTIONS[noun];
}

export const UNSENT_INPUT = 'unsent';
export const UNSENT_STAYS = 'stays';

/** Added to a form that gives the consultation away when the sender has unsent text on the page. */
export const UNSENT_FIELD: Field = {
  name: UNSENT_INPUT,
  label: 'What you wrote here and did not send',
  hint: 'It stands in its form on this page, where you can send it or throw it away. Nobody else sees it',
  kind: 'choice',
  choices: [[UNSENT_STAYS, 'Go on all the same. It is kept for me alone, and is not in the record']],
};

/** Whether the state allows the action now, whoever does it. `people/permissions.ts` says who may. */
export function isOffered(noun: DeskNoun, shown: ShownCase): boolean {
  const { verb, offered } = getDeskAction(noun);
  return isPossible(shown.deskCase, verb) && (offered === undefined || offered(shown));
}
