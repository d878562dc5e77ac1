/** Every action of the desk in turn, on one consultation in Bolton: who does it, and what they write. */
import { paths } from '../../../server/base/paths.ts';
import type { DeskNoun } from '../../../server/desk/actions.ts';
import { decisionsToSign, readDeskCase } from '../../../server/desk/desk-case.ts';
import { EXPLOITATION_FIELDS } from '../../desk/desk-world.ts';
import { beginConsultation } from '../begin-consultation.ts';
import { Page } from '../page.ts';
import type { openDeskApp } from '../people/desk-app.ts';

/** Noun → what is typed into its form; in `passings`, the colleague is chosen as well. */
export const WRITTEN: Record<DeskNoun, Record<string, string>> = {
  claims: {},
  passings: { reason: 'I go home' },
  'hand-backs': { reason: 'He is ill' },
  'urgency-lowerings': { to: 'none', reason: 'He is at home, the school has seen him' },
  fields: EXPLOITATION_FIELDS,
  outcomes: {
    ...EXPLOITATION_FIELDS,
    outcome: 'referral_agreed',
    reason: 'The threshold is met',
    decidedBy: 'Amina Shah',
  },
  reviews: { accepted: 'yes', reason: 'The threshold is met' },
  disagreements: { between: 'The school and the police', about: 'Whether it is a referral' },
  resolutions: { decidedBy: 'The manager', decision: 'It is one' },
  replies: { how: 'by telephone', answer: 'It was agreed' },
  chasings: { whom: 'The school', answer: 'They ring today' },
  'done-deadlines': { deadline: 'review_and_allocate', note: 'At the meeting' },
  'dated-deadlines': { deadline: 'introductory_visit', from: '20 11 2026' },
  disputes: { why: 'She sees less danger' },
  tasks: { do: 'Ring the school back', by: 'tomorrow at 18:00' },
  'take-overs': { reason: 'Amina is ill' },
  'case-numbers': { caseNumber: 'LCS 1234' },
  files: { file: 'The referral form', kept: 'Case system, documents of LCS 1234' },
  'strategy-discussions': {
    when: 'yesterday at 9:00',
    present: 'Jo Bell, police',
    agreed: 'A joint enquiry',
    actions: 'The police see him today',
  },
  countersignatures: { signed: 'yes', reason: 'The reasons are in the record' },
  'done-tasks': { note: 'They were told' },
  'household-children': { name: 'Ada Cole', age: '5', childLevel: '2', note: 'She shares a room with him' },
  'household-removals': { reason: 'She lives with her aunt' },
  'dispute-decisions': { stands: 'yes', reason: 'The danger is as it was' },
  reopenings: { news: 'He was found in another town', danger: 'no' },
};

const DECLINED = {
  ...EXPLOITATION_FIELDS,
  outcome: 'referral_declined',
  departs: 'referral_declined',
  reason: 'The police and I do not think so',
  decidedBy: 'Both',
};

/** Everything that Bury's desk requires, with an outcome that may do less than a level advises. */
export const BURY_OUTCOME = {
  'field-screening': 'other_concern',
  'field-parents_told': 'not_told',
  'reason-parents_told': 'MASH is asked first',
  'field-agreed_course': 'The school keeps watch',
  'field-concern': 'neglect',
  outcome: 'advice_only',
  departs: 'advice_only',
  reason: 'The call was about no child',
  decidedBy: 'Amina Shah',
};

export type Role = 'worker' | 'colleague' | 'manager';
/** Who does what; the third value replaces what `WRITTEN` says. */
export const STORY: [Role, DeskNoun, Record<string, string>?][] = [
  ['worker', 'claims'],
  ['worker', 'passings'],
  ['colleague', 'hand-backs'],
  ['worker', 'claims'],
  ['worker', 'urgency-lowerings'],
  ['worker', 'fields'],
  ['worker', 'disagreements'],
  ['worker', 'resolutions'],
  ['worker', 'chasings'],
  ['worker', 'tasks'],
  ['worker', 'done-tasks'],
  ['worker', 'household-children'],
  ['worker', 'household-removals'],
  ['worker', 'case-numbers'],
  ['worker', 'files'],
  ['worker', 'strategy-discussions'],
  ['manager', 'take-overs'],
  ['worker', 'take-overs'],
  ['worker', 'outcomes'],
  ['worker', 'replies'],
  ['manager', 'reviews'],
  ['worker', 'done-deadlines'],
  ['worker', 'dated-deadlines'],
  ['worker', 'disputes'],
  ['manager', 'dispute-decisions'],
  ['worker', 'reopenings'],
  ['worker', 'outcomes', DECLINED],
  ['manager', 'countersignatures'],
];

export type Desk = Awaited<ReturnType<typeof openAsked>>;

/** A professional has asked, and somebody of each role is signed in. */
export async function openAsked(world: Awaited<ReturnType<typeof openDeskApp>>) {
  const professional = world.openBrowser();
  const { id } = await beginConsultation(professional, { area: 'bolton', flow: 'consultation' });
  // A danger that was taken back still makes it urgent, until a person decides otherwise.
  for (const answer of ['yes', 'no'])
    await world.store.log.decide(
      id,
      () => [{ kind: 'answered', question: 'immediate_danger', answer }],
      'professional',
    );
  await professional.post(paths.handovers(id), { question: 'Is this for you?', reach: '0161 496 0001' });
  const people = {
    worker: await world.openDesk('duty worker', 'bolton'),
    colleague: await world.openDesk('duty worker', 'bolton'),
    manager: await world.openDesk('operational manager', 'bolton'),
    lead: await world.openDesk('safeguarding lead', 'bolton'),
  };
  const see = async (who: keyof typeof people) => {
    const { status, headers, text } = await people[who].get(paths.deskRecord(id));
    return new Page(new Response(null, { status, headers }), text, [paths.deskRecord(id)]);
  };
  return { world, id, professional, people, see };
}

/** What is only known at that point of the story: which colleague, which task, which child. */
export async function chooseIn({ world, id, people }: Desk, noun: DeskNoun): Promise<Record<string, string>> {
  const deskCase = readDeskCase((await world.store.log.read(id)) ?? []);
  const task = deskCase?.deadlines.find((one) => one.task !== undefined);
  if (noun === 'passings') return { to: people.colleague.member.id };
  if (noun === 'countersignatures')
    return { signing: deskCase === undefined ? '' : (decisionsToSign(deskCase)[0]?.id ?? '') };
  if (noun === 'done-tasks') return { deadline: task?.id ?? '' };
  return noun === 'household-removals' ? { child: deskCase?.household[0]?.child ?? '' } : {};
}
