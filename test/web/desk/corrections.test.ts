/** Wherever a page shows what an entry says, it shows its corrections and links to them. */
import { expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import type { Author, Happening } from '../../../server/consultation/entry.ts';
import { happeningOf, KINDS } from '../../every-happening.ts';
import { beginConsultation } from '../begin-consultation.ts';
import { openDeskApp } from '../people/desk-app.ts';

type Kind = (typeof KINDS)[number];
/** For these, the pages show only the line in “All entries”, where each correction is shown at its entry. */
const ONLY_AN_ENTRY: ReadonlySet<Kind> = new Set<Kind>([
  'opened',
  'asked again',
  'moved',
  'taken away',
  'handover sheet taken away',
  'handover sheet sent',
  'next hours recorded',
  'claimed',
  'handed back',
  'passed on',
  'taken over',
  'urgency lowered',
  'deadline dated',
  'household child removed',
  'decision reported',
  'held',
  'hold lifted',
  'kept longer',
  'erasure approved',
  'corrected',
  // The desk's page does not repeat what the referrer decided for themselves.
  'decided',
]);
/** What the page on which the referrer asked the desk shows, and what their record shows. */
const ON_REFERRERS_PAGE: readonly Kind[] = [
  'handed over',
  'told',
  'outcome recorded',
  'referrer answered',
  'disputed',
  'parents recorded',
];
const IN_REFERRERS_RECORD: readonly Kind[] = [
  'answered',
  'asker named',
  'child named',
  'told',
  'consent recorded',
  'parents recorded',
  'shared',
  'police recorded',
  'decided',
];
/** Values that exist in the area's content. */
const REAL: Partial<Record<Kind, object>> = {
  answered: { question: 'immediate_danger', answer: 'no' },
  'field recorded': { field: 'agreed_course', label: 'Agreed course' },
};
const LATER: readonly Kind[] = [
  'task done',
  'referral reviewed',
  'dispute decided',
  'outcome countersigned',
  'reopened',
];
const SHOWN = KINDS.filter((kind) => !ONLY_AN_ENTRY.has(kind));

async function openWorld() {
  const world = await openDeskApp();
  const professional = world.openBrowser();
  const { id } = await beginConsultation(professional);
  const worker = await world.openDesk('duty worker');
  const who = { id: worker.member.id, name: 'A duty worker', role: 'duty worker' };
  const append = (happenings: Happening[], author: Author) => world.store.log.decide(id, () => happenings, author);
  const write = (kinds: readonly Kind[]) =>
    append(
      kinds.map((kind) => ({ ...happeningOf(kind), ...REAL[kind] }) as Happening),
      { by: 'duty worker', who },
    );
  const correctAll = async (kinds: readonly Kind[]) => {
    const entries = (await world.store.log.read(id)) ?? [];
    const numberOf = (kind: Kind) => entries.findLast(({ what }) => what.kind === kind)?.number ?? 0;
    await append(
      kinds.map((kind) => ({ kind: 'corrected', corrects: numberOf(kind), text: wordsFor(kind), reason: '' })),
      { by: 'duty worker', who },
    );
  };
  return { id, worker, professional, write, correctAll };
}

const wordsFor = (kind: Kind) => `It was so (${kind})`;

it('a correction is shown on each page beside the words that it corrects, with its day and author', async () => {
  const { id, worker, professional, write, correctAll } = await openWorld();
  const shownFirst = SHOWN.filter((kind) => !LATER.includes(kind));
  const first = KINDS.filter((kind) => kind === 'claimed' || kind === 'decided' || shownFirst.includes(kind));
  await write(first);
  await correctAll(first);
  const asked = (await professional.get(paths.handover(id))).text;
  const record = (await professional.get(paths.record(id))).text;
  const desk = (await worker.get(paths.deskRecord(id))).text;
  await write(LATER);
  await correctAll(LATER);
  const later = (await worker.get(paths.deskRecord(id))).text;
  // Each also appears twice among all entries: as an entry, and at the one that it corrects.
  const AMONG_ENTRIES = 2;
  const missingIn = (text: string, kinds: readonly Kind[], times: number) =>
    kinds.filter((kind) => text.split(wordsFor(kind)).length - 1 < times);
  expect({
    desk: missingIn(desk, shownFirst, AMONG_ENTRIES + 1),
    later: missingIn(later, LATER, AMONG_ENTRIES + 1),
    asked: missingIn(asked, ON_REFERRERS_PAGE, 1),
    record: missingIn(record, IN_REFERRERS_RECORD, AMONG_ENTRIES + 1),
  }).toEqual({ desk: [], later: [], asked: [], record: [] });
  const marked =
    /Corrected:<\/strong> It was so \(child named\)\s*<span[^>]*>[^<]*2026[^<]*A duty worker[^<]*<a href="#entry-\d+"/;
  expect(desk.slice(0, desk.indexOf('id="entries"'))).toMatch(marked);
  // Elsewhere, it links to their record, which has all entries.
  for (const link of asked.match(/href="[^"]*#entry-\d+"/g) ?? []) expect(link).toContain(paths.record(id));
}, 60_000);
