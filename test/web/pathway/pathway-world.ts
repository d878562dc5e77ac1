/** A consultation about exploitation that was referred, and the people who then work with it. */
import { paths } from '../../../server/base/paths.ts';
import { isRefusal } from '../../../server/consultation/entry.ts';
import { allInputs } from '../../../server/flow/instruments/inputs.ts';
import type { Instrument } from '../../../server/flow/instruments/instrument.ts';
import type { Store } from '../../../server/store/store.ts';
import { beginConsultation } from '../begin-consultation.ts';
import type { Browser } from '../people/browser.ts';
import type { openDeskApp } from '../people/desk-app.ts';

export type World = Awaited<ReturnType<typeof openDeskApp>>;

/** Asked by a professional, claimed by the duty worker, and referred, so that a pathway can be opened from it. */
export async function makeReferred(
  world: Pick<World, 'openBrowser'> & { store: Pick<Store, 'log'> },
  duty: Browser,
  child = 'Kim Example',
  door = { area: 'bury', flow: 'exploitation' },
): Promise<string> {
  const professional = world.openBrowser();
  const { id } = await beginConsultation(professional, door);
  await professional.post(paths.addition(id, 'child'), { known: 'yes', name: child }, paths.record(id));
  await professional.post(
    paths.handovers(id),
    { question: 'Is this exploitation?', reach: '0161 496 0001' },
    paths.consultation(id),
  );
  await duty.post(paths.deskAction(id, 'claims'), {}, paths.deskRecord(id));
  await refer(world, id);
  return id;
}

/** As the desk's form records it. */
export async function refer({ store }: { store: Pick<Store, 'log'> }, id: string): Promise<void> {
  const outcome = {
    outcome: 'referral_agreed',
    words: 'Referral to MASH agreed',
    reason: '',
    decidedBy: 'A duty worker',
  } as const;
  const decided = await store.log.decide(
    id,
    () => [{ kind: 'outcome recorded', ...outcome, level: 5, advised: '', deadlines: [] }],
    'duty worker',
  );
  if (isRefusal(decided)) throw new Error(decided.message);
}

export function getInstrument({ services }: World, id: string, area = 'bury'): Instrument {
  const found = services.library.areas.get(area)?.instruments.get(id);
  if (found === undefined) throw new Error(`there is no instrument ${id}`);
  return found;
}

/** An answer for every required input, and the given answers instead where there are any. */
export function fullAnswers(instrument: Instrument, given: Record<string, string> = {}): Record<string, string> {
  const answers = [...allInputs(instrument).values()].map(({ name, kind, choices }): [string, string] => {
    if (kind === 'tick' || kind === 'choice') return [name, choices[0]?.[0] ?? ''];
    return [
      name,
      kind === 'day' ? '22 11 2026' : /age$/.test(name) ? '15' : name === 'judgement' ? '1' : 'Written down',
    ];
  });
  return { ...Object.fromEntries(answers), ...given };
}

/** Begins it, fills in each section on its page, and completes it. Returns the number of the sheet. */
export async function complete(
  browser: Browser,
  id: string,
  instrument: Instrument,
  given: Record<string, string> = {},
): Promise<number> {
  const sheet = await begin(browser, id, instrument);
  const answers = fullAnswers(instrument, given);
  for (const section of instrument.sections)
    await fill(browser, { id, sheet, instrument, section: section.id }, answers);
  const done = await browser.post(
    paths.pathwaySheetAction(id, sheet, 'completions'),
    {},
    paths.pathwaySheet(id, sheet),
  );
  if (done.status !== 303) throw new Error(`${instrument.id} was not completed: ${done.status} ${textOf(done.text)}`);
  return sheet;
}

export async function begin(browser: Browser, id: string, instrument: Instrument): Promise<number> {
  const fields = { instrument: instrument.id, reason: '3 month review' };
  const begun = await browser.post(paths.pathwaySheets(id), fields, paths.pathway(id));
  const sheet = Number(/sheets\/(\d+)\//.exec(begun.location ?? '')?.[1]);
  if (!(sheet > 0)) throw new Error(`${instrument.id} was not begun: ${begun.status} ${textOf(begun.text)}`);
  return sheet;
}

export interface Place {
  id: string;
  sheet: number;
  instrument: Instrument;
  section: string;
}

export async function fill(
  browser: Browser,
  { id, sheet, instrument, section }: Place,
  answers: Record<string, string>,
) {
  const place = instrument.sections.find((one) => one.id === section);
  const names = allInputs({ sections: place === undefined ? [] : [place] });
  const sent = Object.fromEntries(Object.entries(answers).filter(([name, value]) => names.has(name) && value !== ''));
  const address = paths.pathwaySheetSection(id, sheet, section);
  const page = await browser.get(address);
  const seen = /name="seen" value="(\d+)"/.exec(page.text)?.[1] ?? '';
  return browser.post(address, { seen, ...sent });
}

/** The text of a page without its tags. */
export function textOf(html: string): string {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#39;/g, '’')
    .replace(/\s+/g, ' ');
}
