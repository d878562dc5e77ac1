/**
 * Every desk action has a form on the consultation's page if it is possible and the person may do it, and the form
 * works.
 */
import { describe, expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import { readConsultation } from '../../../server/consultation/consultation.ts';
import { keepForReferrer } from '../../../server/consultation/for-referrer.ts';
import { DESK_NOUNS, type DeskNoun, getDeskAction, type ShownCase } from '../../../server/desk/actions.ts';
import { decisionsToSign, isOutcomeToSign, readDeskCase } from '../../../server/desk/desk-case.ts';
import { readUrgency } from '../../../server/desk/urgency.ts';
import { isShort } from '../../short-form.ts';
import { attribute, Page } from '../page.ts';
import { openDeskApp } from '../people/desk-app.ts';
import { chooseIn, type Desk, openAsked, type Role, STORY, WRITTEN } from './desk-story.ts';

/** Shown at a field whose words the referrer reads. */
const READS = /referrer reads/;

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
  const { urgency, danger } = readUrgency(entries, () => flow);
  const decision = decisionsToSign(deskCase).find((known) => known.id === of.signing);
  const one = {
    ...(deadline !== undefined && { deadline }),
    ...(child !== undefined && { child }),
    ...(decision !== undefined && { decision }),
  };
  const { id: person, role } = people[who].member;
  return {
    deskCase,
    desk,
    urgency,
    danger,
    fields: [],
    colleagues: [],
    absent: new Map(),
    dangerFields: [],
    scale: flow.area.scale,
    person,
    personName: `A ${role}`,
    role,
    ...one,
  };
}

/** Names of the inputs on the page. */
function namesOn(page: Page): (string | undefined)[] {
  return page.all('input, textarea').map((input) => attribute(input, 'name'));
}

const WORK: DeskNoun[] = ['tasks', 'household-children', 'case-numbers', 'strategy-discussions', 'files'];

describe('the actions of the desk', () => {
  it('are all in the story', () => {
    expect([...new Set(STORY.map(([, noun]) => noun))].sort()).toEqual([...DESK_NOUNS].sort());
  });

  it('are each offered with their words and fields when they are possible, and do what they say', async () => {
    const desk = await openAsked(await openDeskApp());
    const { world, id, people, see } = desk;
    for (const [who, noun, written = WRITTEN[noun]] of STORY) {
      const chosen = await chooseIn(desk, noun);
      const page = await see(who);
      expect([noun, offeredOn(page, id)]).toEqual([noun, expect.arrayContaining([noun])]);
      const { submit, fields, summary } = getDeskAction(noun);
      const shown = await shownCase(desk, who, { ...written, ...chosen });
      for (const words of [submit, summary?.(shown) ?? submit])
        expect([noun, page.text]).toEqual([noun, expect.stringContaining(words)]);
      // A caller has no page.
      const toCaller = fields({ ...shown, deskCase: { ...shown.deskCase, byTelephone: true } });
      expect([noun, toCaller.filter(({ hint = '' }) => READS.test(hint))]).toEqual([noun, []]);
      const names = fields(shown).map(({ name }) => name);
      expect([noun, namesOn(page)]).toEqual([noun, expect.arrayContaining(names)]);
      // The question whether it is meant is asked after a refusal.
      for (const name of Object.keys(written).filter((one) => one !== 'departs'))
        expect([noun, namesOn(page)]).toEqual([noun, expect.arrayContaining([name])]);
      const before = (await world.store.log.read(id))?.length ?? 0;
      const answer = await people[who].post(
        paths.deskAction(id, noun),
        { ...written, ...chosen },
        paths.deskRecord(id),
      );
      expect([noun, answer.status]).toEqual([noun, 303]);
      const entries = (await world.store.log.read(id)) ?? [];
      expect([noun, entries.length]).not.toEqual([noun, before]);
      const read = JSON.stringify(keepForReferrer(readConsultation(id, entries), entries.slice(before)));
      // A decision that needs a signature can be read once it is signed.
      const isUnsigned = isOutcomeToSign(readDeskCase(entries) as NonNullable<ReturnType<typeof readDeskCase>>);
      for (const { name, kind, hint = '' } of fields(shown).filter((field) => field.kind === 'text'))
        if (written[name] !== undefined && !isUnsigned && !/if you do not/i.test(hint))
          expect([noun, name, kind, READS.test(hint)]).toEqual([noun, name, kind, read.includes(written[name])]);
      // The next page says in one message what was done, and its URL points there, so that the focus is there with and
      // without a script.
      const [address = '', hash] = (answer.location ?? '').split('#');
      const said = new Page(new Response(), (await people[who].get(address)).text, []).all('#done');
      expect([noun, hash, said.map((one) => [attribute(one, 'role'), attribute(one, 'tabindex')])]).toEqual([
        noun,
        'done',
        [['status', '-1']],
      ]);
    }
  }, 120_000);

  it.skipIf(isShort)(
    'refuse an empty form if they need words, and link to the missing field',
    async () => {
      const desk = await openAsked(await openDeskApp());
      const { id, people } = desk;
      const silent: DeskNoun[] = ['claims', 'hand-backs', 'fields', 'done-deadlines', 'done-tasks'];
      for (const [who, noun, written = WRITTEN[noun]] of STORY) {
        const chosen = await chooseIn(desk, noun);
        const known = Object.entries({ ...written, ...chosen });
        const empty = Object.fromEntries(known.filter(([name]) => ['deadline', 'child', 'signing'].includes(name)));
        if (!silent.includes(noun)) {
          const refused = await people[who].post(paths.deskAction(id, noun), empty, paths.deskRecord(id));
          const page = new Page(new Response(null, refused), refused.text, []);
          expect([noun, page.status]).toEqual([noun, 422]);
          for (const link of page.all('.govuk-error-summary__list a'))
            expect([noun, page.all(attribute(link, 'href') ?? '').length]).toEqual([noun, 1]);
        }
        await people[who].post(paths.deskAction(id, noun), { ...written, ...chosen }, paths.deskRecord(id));
      }
    },
    120_000,
  );

  it('are offered only to people who may do them', async () => {
    const { id, people, see } = await openAsked(await openDeskApp());
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
    // Nobody knows yet whether somebody is in danger, and recording an outcome does not make it less urgent.
    const worker = [
      'passings',
      'urgency-lowerings',
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
