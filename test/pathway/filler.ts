/** A program that fills in a measurement as fast as it can, and prints each answer once it is acknowledged. For the kill test. */
import { writeSync } from 'node:fs';
import { isRefusal } from '../../server/consultation/entry.ts';
import { compileInstruments } from '../../server/flow/check/instruments.ts';
import { readContent } from '../../server/flow/language/content.ts';
import { readFolder } from '../../server/flow/language/folder.ts';
import { versionOf } from '../../server/flow/language/version.ts';
import { fillSection, type SheetContext } from '../../server/pathway/filling.ts';
import { openStore } from '../../server/store/store.ts';
import { CONTENT_DAY } from '../content-day.ts';

/** An acknowledged answer to the analysis; they count up. */
export interface Filled {
  id: string;
  analysis: string;
}

const [, , file = '', id = '', sheet = ''] = process.argv;

/** Without the flows, which take seconds to check. */
function compileBury() {
  const files = readFolder('flows').filter(
    ({ folder, name }) => folder === 'bury' && /^(area|sources|timetable|pathway|instruments.*)\.yaml$/.test(name),
  );
  return compileInstruments({ own: readContent('bury', files).content }, CONTENT_DAY);
}

const WHO = { id: 'sam', name: 'Sam Invented', role: 'specialist worker' };

async function fillForEver(): Promise<never> {
  const store = await openStore({ file, clock: () => new Date() });
  setInterval(() => void store.checkpoints.write(), 20);
  const { instruments, pathway } = compileBury();
  const instrument = instruments.get('measurement_tool');
  if (pathway === undefined || instrument === undefined) throw new Error('Bury has no measurement tool');
  const section = instrument.sections.find((one) => one.id === 'judgement');
  if (section === undefined) throw new Error('no judgement');
  const now = { at: '2026-11-22T09:00:00.000Z', today: '2026-11-22' };
  const timetable = { holidays: [], atOnceLateAfter: '30 minutes' };
  const fixed = { rules: pathway, instruments, timetable, now, who: WHO, mayOverrule: false };
  for (let turn = 1; ; turn++) {
    const analysis = `After the kill ${process.pid}, ${turn}`;
    const form = { analysis, judgement: String((turn % 10) + 1) };
    const context: SheetContext = { ...fixed, form, instrument, version: versionOf(instrument), sheet: Number(sheet) };
    const decided = await store.log.decide(
      id,
      (entries) => fillSection(entries, context, { section, seen: entries.length }),
      'duty worker',
    );
    if (isRefusal(decided)) throw new Error(decided.message);
    writeSync(1, `${JSON.stringify({ id, analysis } satisfies Filled)}\n`);
  }
}

if (process.argv[1]?.endsWith('filler.ts')) await fillForEver();
