/** The documents' instruments: their scores in worked examples, their safety rules, and what the checks refuse. */
import { describe, expect, it } from 'vitest';
import { compileInstruments } from '../../server/flow/check/instruments.ts';
import { allInputs, missingIn, wrongIn } from '../../server/flow/instruments/inputs.ts';
import { fieldsOfInstrument, type Instrument } from '../../server/flow/instruments/instrument.ts';
import {
  describeScore,
  JUDGEMENT,
  possibleTotals,
  readScore,
  referralsOf,
} from '../../server/flow/instruments/score.ts';
import { readContent } from '../../server/flow/language/content.ts';
import { answersFor, proveInstrument } from '../../server/flow/prove/instruments.ts';
import { CONTENT_DAY } from '../content-day.ts';
import { realFiles as files, loadReal } from '../real-content.ts';

const library = loadReal();
const all = [...library.areas.values()].flatMap((area) => [...area.instruments.values()]);

function getInstrument(area: string, id: string): Instrument {
  const found = library.areas.get(area)?.instruments.get(id);
  if (found === undefined) throw new Error(`${area} has no instrument ${id}`);
  return found;
}

const measurement = getInstrument('bury', 'measurement_tool');
const INDICATORS = [
  ...['missing', 'school', 'substances', 'carers', 'accommodation'],
  ...['identify', 'engagement', 'sexual_health', 'risky_people', 'social_media'],
];
/** The ten scores in the order of the form, and the judgement. */
const scored = (scores: string, judgement: string) => ({
  ...Object.fromEntries(INDICATORS.map((id, index) => [id, scores[index] ?? ''])),
  judgement,
});

describe('the measurement tool', () => {
  it.each([
    ['1111111111', '1', 11, 'Lower'],
    ['1111111111', '10', 20, 'Lower'],
    ['2222222221', '2', 21, 'Medium'],
    ['3333333333', '10', 40, 'Medium'],
    ['4444444441', '4', 41, 'High'],
    ['5555555555', '10', 60, 'High'],
  ])('adds up %s and %s to %i, %s', (scores, judgement, total, band) => {
    const score = readScore(measurement, scored(scores, judgement));
    expect([score?.total, score?.band?.name]).toEqual([total, band]);
  });

  it('has the subtotals of the form', () => {
    const score = readScore(measurement, scored('1234554321', '7'));
    expect(score?.subtotals.map(({ sum }) => sum)).toEqual([15, 15, 30, 7]);
  });

  it('has no total and no band while a score is missing, even the judgement', () => {
    for (const open of [scored('111111111', '1'), scored('1111111111', '')]) {
      const score = readScore(measurement, open);
      expect([score?.total, score?.band, score?.overall.open]).toEqual([undefined, undefined, 1]);
      expect(missingIn(measurement, open).map(({ message }) => message)).toContainEqual(
        expect.stringMatching(/Choose a score: 10|Write a number: Professional judgement/),
      );
    }
  });

  it('has a description for every step, and prompts beside each scale', () => {
    const scales = fieldsOfInstrument(measurement).filter(({ type }) => type === 'scale');
    expect(scales.map(({ steps }) => steps.map(({ score }) => score))).toEqual(scales.map(() => [1, 2, 3, 4, 5]));
    expect(scales.map(({ id }) => id)).toEqual(INDICATORS);
    expect(INDICATORS.every((id) => allInputs(measurement).has(`${id}.note`))).toBe(true);
  });

  it('asks the fifteen about consultation, and why somebody was not', () => {
    const people = fieldsOfInstrument(measurement).find(({ id }) => id === 'consulted');
    expect(people?.options).toHaveLength(15);
    const missing = (answers: Record<string, string>) =>
      missingIn(measurement, answers).filter(({ input }) => input.startsWith('consulted.police'));
    expect(missing({})[0]?.message).toMatch(/^Say whether they contributed: Police/);
    expect(missing({ 'consulted.police': 'yes' })).toEqual([]);
    expect(missing({ 'consulted.police': 'no' })[0]?.message).toMatch(/^Write why they were not consulted/);
    expect(missing({ 'consulted.police': 'no', 'consulted.police.note': 'No officer knows her yet' })).toEqual([]);
  });

  it('refuses impossible answers', () => {
    const fields = fieldsOfInstrument(measurement);
    const days = { today: '2026-11-26', referral: '2026-11-20' };
    const wrong = (answers: Record<string, string>) => wrongIn(fields, answers, days);
    expect(wrong({ missing: '6' })).toHaveProperty('missing');
    expect(wrong({ judgement: '11' }).judgement).toBe('“11” does not count here. Write a whole number from 1 to 10');
    expect(wrong({ assessed_on: '2026-11-19' }).assessed_on).toMatch(/before the referral/);
    expect(wrong({ assessed_on: '2026-11-27' }).assessed_on).toMatch(/has not come yet/);
    expect(wrong({ assessed_on: 'soon' }).assessed_on).toMatch(/is not a date|soon/);
    expect(wrong({ ...scored('1111111111', '1'), assessed_on: '2026-11-20' })).toEqual({});
  });
});

describe('a child under 13 who is sexually active', () => {
  it.each(['2', '4', '5'])('is referred at step %s, whatever the total', (step) => {
    for (const total of possibleTotals(measurement)) {
      const answers = { ...answersFor(measurement, total), sexual_health: step };
      expect(referralsOf(measurement, { ...answers, age: '12' })).toHaveLength(1);
      expect(referralsOf(measurement, { ...answers, age: '' })).toHaveLength(1);
      expect(referralsOf(measurement, { ...answers, age: '13' })).toEqual([]);
    }
  });
});

describe.each(all.map((instrument) => [`${instrument.area.id}/${instrument.id}`, instrument] as const))(
  '%s',
  (_, instrument) => {
    it('is safe at every score', () => {
      expect(proveInstrument(instrument).faults).toEqual([]);
    });

    it('never shows a sum without saying what it is not', () => {
      for (const total of possibleTotals(instrument)) {
        const score = readScore(instrument, answersFor(instrument, total));
        if (score !== undefined) expect(describeScore(score).at(-1)).toBe(JUDGEMENT);
      }
    });

    it('names each input once', () => {
      const names = fieldsOfInstrument(instrument).length;
      expect(new Set(fieldsOfInstrument(instrument).map(({ id }) => id)).size).toBe(names);
      expect(allInputs(instrument).size).toBeGreaterThanOrEqual(names);
    });
  },
);

describe('the proof', () => {
  it('finds a gap, an overlap, a band without next steps, and a child who is not referred', () => {
    const faults = (change: (instrument: Instrument) => void) => {
      const copy = structuredClone(measurement);
      change(copy);
      return proveInstrument(copy).faults.join('\n');
    };
    const bandOf = ({ score }: Instrument, index: number) => {
      const band = score?.bands[index];
      if (band === undefined) throw new Error('there is no such band');
      return band;
    };
    expect(faults((copy) => Object.assign(bandOf(copy, 1), { from: 22 }))).toContain('the total 21 is in 0 bands');
    expect(faults((copy) => Object.assign(bandOf(copy, 1), { from: 20 }))).toContain('the total 20 is in 2 bands');
    expect(faults((copy) => Object.assign(bandOf(copy, 0), { next: [] }))).toContain(
      'nothing follows from the total 11',
    );
    expect(faults((copy) => Object.assign(copy.refer[0] ?? {}, { next: [] }))).toContain('is not referred');
  });
});

/** The problems of Bury's sources, timetable and instruments (without flows) after one change in an instrument. */
function problemsAfter(file: string, from: string, to: string): string[] {
  const own = files.filter(
    ({ folder, name }) => folder === 'bury' && /^(area|sources|timetable|instruments.*)\.yaml$/.test(name),
  );
  if (own.find(({ name }) => name === file)?.text.includes(from) !== true) throw new Error(`${file} has no “${from}”`);
  const changed = own.map((one) => (one.name === file ? { ...one, text: one.text.replace(from, to) } : one));
  const { content, problems } = readContent('bury', changed);
  const national = library.areas.get('national')?.content;
  const found = compileInstruments({ own: content, ...(national && { national }) }, CONTENT_DAY).problems;
  return [...problems, ...found].map(({ file, line, message }) => `${file}:${line} ${message}`);
}

describe('the check of the content', () => {
  const MEASURES = 'instruments/measurement_tool.yaml';
  it.each([
    ['two bands that overlap', MEASURES, 'from: 21', 'from: 20', '20 is in two bands, "Lower" and "Medium"'],
    ['a gap between bands', MEASURES, 'from: 41', 'from: 43', 'the totals from 41 to 42 are in no band'],
    [
      'a total in no band',
      MEASURES,
      'to: 60',
      'to: 59',
      '1 of the possible totals are not in exactly one band; the first is 60',
    ],
    [
      'a descriptor that is missing',
      MEASURES,
      '          4: >-\n            Frequent and short missing episodes.\n',
      '',
      'the step 4 has no words',
    ],
    [
      'a band that says nothing needs doing',
      MEASURES,
      'says: Agree early help now, so',
      'says: No further action is needed, so',
      'No score ever means that',
    ],
    [
      'a judgement that may stay open',
      MEASURES,
      '        to: 10\n        needed: yes',
      '        to: 10',
      '"judgement" counts in the total',
    ],
    [
      'something added up that is no score',
      MEASURES,
      'social_media, judgement]',
      'social_media, analysis]',
      'only a scale or a number can be added up',
    ],
    [
      'no referral rule',
      'instruments/screening_tool.yaml',
      'refer whatever the total:',
      'again: x\nbefore2:',
      '"before2" is no key here',
    ],
    ['an answer that is none', MEASURES, "['2', '4', '5']", "['2', '7']", '"7" is no answer to "sexual_health"'],
    [
      'a step that is not in the timetable',
      MEASURES,
      'meets: [risk_measurement,',
      'meets: [risk_mesurement,',
      'no next step is called "risk_mesurement". Did you mean "risk_measurement"',
    ],
    ['a document that is not there', MEASURES, 'cite: [BC 5, BC 6, BC app2]', 'cite: [BC 55]', 'there is no "BC 55"'],
    [
      'another name than its file',
      MEASURES,
      'instrument: measurement_tool',
      'instrument: measuring',
      'Give both one name',
    ],
  ])('refuses %s, at its place', (_, ...[file, from, to, message]) => {
    const told = problemsAfter(file, from, to).filter((one) => one.startsWith(`flows/bury/${file}:`));
    expect(told.join('\n')).toContain(message);
  });

  it.each([
    ['ceam_list: agreed', 'ceam_lst: agreed', '"ceam_lst" is none of the instruments of this pathway. Did you mean'],
    ['ceam_list: agreed', 'ceam_list: agred', '"agred" is no field of "ceam_list". Did you mean "agreed"?'],
  ])('refuses a meeting list that does not exist: %s as %s', (from, to, message) => {
    const own = files.filter(({ folder }) => folder === 'bolton');
    const changed = own.map((one) =>
      one.name === 'pathway.yaml' ? { ...one, text: one.text.replace(from, to) } : one,
    );
    const { content } = readContent('bolton', changed);
    const national = library.areas.get('national')?.content;
    const { problems } = compileInstruments({ own: content, ...(national && { national }) }, CONTENT_DAY);
    expect(problems).toEqual([
      expect.objectContaining({ file: 'flows/bolton/pathway.yaml', message: expect.stringContaining(message) }),
    ]);
  });

  it('needs the rule on children under 13 in every screening and measurement', () => {
    const bury = library.areas.get('bury')?.content;
    const located = bury?.instruments.get('screening_tool');
    if (bury === undefined || located === undefined) throw new Error('Bury has no screening tool');
    const { 'refer whatever the total': _, ...rest } = located.value;
    const instruments = new Map([['screening_tool', { ...located, value: rest }]]);
    const { pathway: _none, ...own } = { ...bury, instruments };
    const national = library.areas.get('national')?.content;
    const { problems } = compileInstruments({ own, ...(national && { national }) }, CONTENT_DAY);
    expect(problems.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('needs "refer whatever the total"'),
    );
  });
});
