/** Every desk action has a form on the consultation's page when it is possible and the person may do it, and the form works. */
import { describe, expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import { DESK_NOUNS, type DeskNoun, getDeskAction, type ShownCase } from '../../../server/desk/actions.ts';
import { readDeskCase } from '../../../server/desk/desk-case.ts';
import { readUrgency } from '../../../server/desk/urgency.ts';
import { EXPLOITATION_FIELDS } from '../../desk/desk-world.ts';
import { attribute, Page } from '../page.ts';
import { openDeskApp } from '../people/desk-app.ts';

/** What is written into each form; in `passings` also the colleague is chosen. */
const WRITTEN: Record<DeskNoun, Record<string, string>> = {
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
  reopenings: { news: 'He was found in another town' },
};

const DECLINED = {
  ...EXPLOITATION_FIELDS,
  outcome: 'referral_declined',
  reason: 'The police and I do not think so',
  decidedBy: 'Both',
};

type Role = 'worker' | 'colleague' | 'manager';
/** With what is written in another way than in `WRITTEN`. */
const STORY: [Role, DeskNoun, Record<string, string>?][] = [
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

type Desk = Awaited<ReturnType<typeof openAsked>>;

async function openAsked() {
  const world = await openDeskApp();
  const professional = world.openBrowser();
  const door = { area: 'bolton', flow: 'consultation' };
  const opened = await professional.post(paths.consultations(), door, '/areas/bolton');
  const id = opened.location?.split('/')[2] ?? '';
  // Taken back, the danger still makes it urgent, until a person says otherwise.
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
  return { world, id, people, see };
}

/** The actions whose form, or whose button in another form, is on the page. */
function offeredOn(page: Page, id: string): DeskNoun[] {
  const sent = [...page.all('form'), ...page.all('button')].flatMap((part) => [
    attribute(part, 'action'),
    attribute(part, 'formaction'),
  ]);
  return DESK_NOUNS.filter((noun) => sent.includes(paths.deskAction(id, noun)));
}

async function shownCase({ world, id, people }: Desk, who: Role, of: Record<string, string>): Promise<ShownCase> {
  const entries = (await world.store.log.read(id)) ?? [];
  const deskCase = readDeskCase(entries);
  const flow = world.services.library.areas.get('bolton')?.flows.get('consultation');
  const desk = world.services.library.areas.get('bolton')?.desk;
  if (deskCase === undefined || desk === undefined || flow === undefined) throw new Error('the desk was not asked');
  const deadline = deskCase.deadlines.find((known) => known.id === of.deadline);
  const child = deskCase.household.find((known) => known.child === of.child);
  const { urgency } = readUrgency(entries, () => flow);
  const one = { ...(deadline !== undefined && { deadline }), ...(child !== undefined && { child }) };
  const person = people[who].member.id;
  return {
    deskCase,
    desk,
    urgency,
    fields: [],
    colleagues: [],
    absent: new Map(),
    scale: flow.area.scale,
    person,
    ...one,
  };
}

/** What the story can know only when it gets there: which colleague, which task, which child. */
async function chooseIn({ world, id, people }: Desk, noun: DeskNoun): Promise<Record<string, string>> {
  const deskCase = readDeskCase((await world.store.log.read(id)) ?? []);
  const task = deskCase?.deadlines.find((one) => one.task !== undefined);
  if (noun === 'passings') return { to: people.colleague.member.id };
  if (noun === 'done-tasks') return { deadline: task?.id ?? '' };
  return noun === 'household-removals' ? { child: deskCase?.household[0]?.child ?? '' } : {};
}

/** Names that inputs of the page send. */
function namesOn(page: Page): (string | undefined)[] {
  return page.all('input, textarea').map((input) => attribute(input, 'name'));
}

const WORK: DeskNoun[] = ['tasks', 'household-children', 'case-numbers', 'strategy-discussions', 'files'];

describe('the actions of the desk', () => {
  it('are all in the story', () => {
    expect([...new Set(STORY.map(([, noun]) => noun))].sort()).toEqual([...DESK_NOUNS].sort());
  });

  it('are each offered with their words and fields when it is their turn, and do what they say', async () => {
    const desk = await openAsked();
    const { world, id, people, see } = desk;
    for (const [who, noun, written = WRITTEN[noun]] of STORY) {
      const chosen = await chooseIn(desk, noun);
      const page = await see(who);
      expect([noun, offeredOn(page, id)]).toEqual([noun, expect.arrayContaining([noun])]);
      const { submit, fields, summary } = getDeskAction(noun);
      const shown = await shownCase(desk, who, { ...written, ...chosen });
      for (const words of [submit, summary?.(shown) ?? submit])
        expect([noun, page.text]).toEqual([noun, expect.stringContaining(words)]);
      const names = fields(shown).map(({ name }) => name);
      expect([noun, namesOn(page)]).toEqual([noun, expect.arrayContaining(names)]);
      for (const name of Object.keys(written))
        expect([noun, namesOn(page)]).toEqual([noun, expect.arrayContaining([name])]);
      const before = (await world.store.log.read(id))?.length ?? 0;
      const answer = await people[who].post(
        paths.deskAction(id, noun),
        { ...written, ...chosen },
        paths.deskRecord(id),
      );
      expect([noun, answer.status]).toEqual([noun, 303]);
      expect([noun, (await world.store.log.read(id))?.length]).not.toEqual([noun, before]);
    }
  }, 120_000);

  it('that need words refuse an empty form, and lead to the field that lacks them', async () => {
    const desk = await openAsked();
    const { id, people } = desk;
    const silent: DeskNoun[] = ['claims', 'hand-backs', 'fields', 'done-deadlines', 'done-tasks'];
    for (const [who, noun, written = WRITTEN[noun]] of STORY) {
      const chosen = await chooseIn(desk, noun);
      const known = Object.entries({ ...written, ...chosen });
      const empty = Object.fromEntries(known.filter(([name]) => name === 'deadline' || name === 'child'));
      if (!silent.includes(noun)) {
        const refused = await people[who].post(paths.deskAction(id, noun), empty, paths.deskRecord(id));
        const page = new Page(new Response(null, refused), refused.text, []);
        expect([noun, page.status]).toEqual([noun, 422]);
        for (const link of page.all('.govuk-error-summary__list a'))
          expect([noun, page.all(attribute(link, 'href') ?? '').length]).toEqual([noun, 1]);
      }
      await people[who].post(paths.deskAction(id, noun), { ...written, ...chosen }, paths.deskRecord(id));
    }
  }, 120_000);

  it('are offered to those who may do them alone', async () => {
    const { id, people, see } = await openAsked();
    expect(offeredOn(await see('worker'), id)).toEqual(['claims']);
    expect(offeredOn(await see('lead'), id)).toEqual([]);
    await people.worker.post(paths.deskAction(id, 'claims'), {}, paths.deskRecord(id));
    const claimed = [
      'passings',
      'hand-backs',
      'urgency-lowerings',
      'fields',
      'outcomes',
      'disagreements',
      'replies',
      'chasings',
      ...WORK,
    ];
    expect(offeredOn(await see('worker'), id)).toEqual(claimed);
    const others = offeredOn(await see('manager'), id).filter((noun) => noun !== 'take-overs');
    expect(others).toEqual(claimed);
    expect(offeredOn(await see('colleague'), id)).toEqual(['take-overs']);
    await people.worker.post(paths.deskAction(id, 'outcomes'), WRITTEN.outcomes, paths.deskRecord(id));
    const anybody = ['disputes', 'reopenings'];
    const worker = [
      'passings',
      'disagreements',
      'replies',
      'chasings',
      'done-deadlines',
      'dated-deadlines',
      ...WORK,
      ...anybody,
    ];
    expect(offeredOn(await see('worker'), id).filter((noun) => noun !== 'fields')).toEqual(worker);
    expect(offeredOn(await see('manager'), id)).toContain('reviews');
    expect(offeredOn(await see('colleague'), id)).toEqual(['take-overs', ...anybody]);
    expect(offeredOn(await see('lead'), id)).toEqual([]);
  }, 120_000);
});
