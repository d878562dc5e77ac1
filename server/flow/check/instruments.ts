/** Compiles `instruments/*.yaml` and `pathway.yaml` of an area, and reports what is missing or unsafe where it is written. */
import { DESK_DECISIONS } from '../desk-decisions.ts';
import {
  fieldsOfInstrument,
  type HandOff,
  type Instrument,
  type InstrumentField,
  type PathwayRules,
  type ScoreRule,
} from '../instruments/instrument.ts';
import { possibleTotals, scoresOf } from '../instruments/score.ts';
import { Compiler } from '../language/compile.ts';
import type { Located } from '../language/content.ts';
import type { RawInstrument, RawInstrumentField, RawPathway } from '../language/schema-instrument.ts';
import { findIn, type Scope } from '../language/scope.ts';
import { didYouMean, type Problem } from '../problem.ts';

export interface CompiledInstruments {
  instruments: Map<string, Instrument>;
  handOffs: HandOff[];
  pathway?: PathwayRules;
  problems: Problem[];
}

/** If problems were reported, the result must not be used. */
export function compileInstruments(scope: Scope, today: string): CompiledInstruments {
  const instruments = new Map<string, Instrument>();
  const problems: Problem[] = [];
  for (const located of scope.own.instruments.values()) {
    const compiler = new Compiler(scope, today);
    instruments.set(located.id, compileInstrument(scope, compiler, located));
    problems.push(...compiler.problems);
  }
  const compiler = new Compiler(scope, today);
  const handOffs = [...scope.own.handOffs.values()].map((located) => {
    const { title, says, cite } = located.value;
    return { id: located.id, title, says, cite: compiler.cite(cite, located, ['cite']) };
  });
  const raw = scope.own.pathway;
  if (raw === undefined) return { instruments, handOffs, problems: [...problems, ...compiler.problems] };
  const pathway = compilePathway(scope, compiler, { raw, instruments });
  return { instruments, handOffs, pathway, problems: [...problems, ...compiler.problems] };
}

type Report = (path: (string | number)[], message: string) => void;

function compileSets(compiler: Compiler, located: Located<RawInstrument>): Instrument['sets'] {
  return (located.value.sets ?? []).map(({ step, from, bands }, index) => ({
    step: compiler.name('next', step, located, ['sets', index, 'step']),
    from,
    bands: bands ?? [],
  }));
}

function compileInstrument(scope: Scope, compiler: Compiler, located: Located<RawInstrument>): Instrument {
  const { value: raw } = located;
  const report: Report = (path, message) => compiler.report(located, path as string[], message);
  const score = compileScore(compiler, located);
  const instrument: Instrument = {
    id: located.id,
    area: { id: scope.own.folder, name: scope.own.area?.value.name ?? scope.own.folder },
    title: raw.title,
    kind: raw.kind,
    says: raw.says,
    completedBy: raw['completed by'],
    before: raw.before ?? [],
    sections: compileSections(compiler, located),
    on: raw.on,
    ...(score !== undefined && { score }),
    refer: compileReferrals(compiler, located),
    again: raw.again ?? [],
    meets: compiler.nameAll('next', raw.meets ?? [], located, ['meets']),
    sets: compileSets(compiler, located),
    namesPeople: raw['names people'] === 'yes',
    cite: compiler.cite(raw.cite, located, ['cite']),
    ...compiler.stepsAndSources(),
  };
  checkFields(instrument, report);
  checkScore(instrument, report);
  checkReferrals(instrument, report);
  return instrument;
}

function compileSections(compiler: Compiler, located: Located<RawInstrument>): Instrument['sections'] {
  return Object.entries(located.value.sections).map(([id, section]) => ({
    id,
    title: section.title,
    ...(section.says !== undefined && { says: section.says }),
    fields: Object.entries(section.fields).map(([field, value]) =>
      compileField(compiler, located, { section: id, id: field, value }),
    ),
  }));
}

function compileReferrals(compiler: Compiler, located: Located<RawInstrument>): Instrument['refer'] {
  const key = 'refer whatever the total';
  return (located.value[key] ?? []).map((rule, index) => ({
    says: rule.says,
    under: rule.under,
    age: rule.age,
    anyOf: rule['any of'],
    next: compiler.nameAll('next', rule.next, located, [key, index, 'next']),
    cite: compiler.cite(rule.cite, located, [key, index, 'cite']),
  }));
}

interface RawField {
  section: string;
  id: string;
  value: RawInstrumentField;
}

const choicesOf = (options: Record<string, string> | undefined) =>
  Object.entries(options ?? {}).map(([id, text]) => ({ id, text }));

function compileField(
  compiler: Compiler,
  located: Located<RawInstrument>,
  { section, id, value }: RawField,
): InstrumentField {
  const { hint, prompts, from, to, note, known } = value;
  return {
    id,
    label: value.label,
    type: value.type,
    ...(hint !== undefined && { hint }),
    options: choicesOf(value.options),
    steps: Object.entries(value.steps ?? {})
      .map(([score, text]) => ({ score: Number(score), text }))
      .sort((a, b) => a.score - b.score),
    ...(prompts !== undefined && { prompts }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    reasonFor: value['reason for'] ?? [],
    needed: value.needed === 'yes',
    columns: choicesOf(value.columns),
    rows: value.rows ?? 0,
    ...(note !== undefined && { note }),
    ...(value['not before'] !== undefined && { notBefore: value['not before'] }),
    ...(value['not after'] !== undefined && { notAfter: value['not after'] }),
    ...(known !== undefined && { known }),
    cite: compiler.cite(value.cite ?? [], located, ['sections', section, 'fields', id, 'cite']),
  };
}

function compileScore(compiler: Compiler, located: Located<RawInstrument>): ScoreRule | undefined {
  const raw = located.value.score;
  if (raw === undefined) return undefined;
  return {
    title: raw.title,
    adds: raw.adds,
    subtotals: raw.subtotals ?? [],
    bands: Object.entries(raw.bands).map(([id, band]) => ({
      id,
      ...band,
      next: compiler.nameAll('next', band.next, located, ['score', 'bands', id, 'next']),
      cite: compiler.cite(band.cite, located, ['score', 'bands', id, 'cite']),
    })),
    cite: compiler.cite(raw.cite, located, ['score', 'cite']),
  };
}

/** The lowest and the highest score of a scale that names no others. */
const SCALE = { from: 1, to: 5 };
const HAS_OPTIONS = ['ticks', 'one of', 'people'];

function checkFields(instrument: Instrument, report: Report): void {
  const seen = new Set<string>();
  for (const section of instrument.sections)
    for (const field of section.fields) {
      const at = (message: string, ...more: string[]) =>
        report(['sections', section.id, 'fields', field.id, ...more], message);
      if (seen.has(field.id)) at(`"${field.id}" stands twice in this instrument. Give one of them another id.`);
      seen.add(field.id);
      checkField(field, at);
    }
  const { on } = instrument;
  const day = fieldsOfInstrument(instrument).find(({ id }) => id === on);
  if (day?.type !== 'date' || !day.needed)
    report(
      ['on'],
      `"on" names the day that it is about: a field of the type "date" with "needed: yes", and "${on}" is none.`,
    );
  for (const [index, { from, bands }] of instrument.sets.entries()) {
    if (fieldsOfInstrument(instrument).find(({ id }) => id === from)?.type !== 'date')
      report(
        ['sets', index, 'from'],
        `the time is counted from a date, and "${from}" is no field of the type "date" here.`,
      );
    const known = instrument.score?.bands.map(({ id }) => id) ?? [];
    for (const band of bands)
      if (!known.includes(band))
        report(['sets', index, 'bands'], `no band is called "${band}".${didYouMean(band, known)}`);
  }
}

function checkField(field: InstrumentField, at: (message: string, ...more: string[]) => void): void {
  const { type, options, steps, columns, rows } = field;
  if (HAS_OPTIONS.includes(type) !== options.length > 0)
    at(`"options" belong to ${HAS_OPTIONS.join(', ')}, and only there; this is "${type}".`, 'options');
  if ((type === 'table') !== (columns.length > 0 && rows > 0))
    at('a table has "columns" and a number of "rows", and nothing else has.', 'columns');
  if (type === 'number' && (field.from === undefined || field.to === undefined || field.from > field.to))
    at('a number has limits: write "from" and "to", the lower one first.', 'from');
  if (type !== 'scale') {
    if (steps.length > 0) at(`"steps" belong to a scale; this is "${type}".`, 'steps');
  } else {
    const { from = SCALE.from, to = SCALE.to } = field;
    for (let score = from; score <= to; score++)
      if (!steps.some((step) => step.score === score))
        at(
          `the step ${score} has no words. Write what a child's life looks like at ${score}: nobody can score without them.`,
          'steps',
        );
    for (const { score } of steps)
      if (score < from || score > to)
        at(`the step ${score} is outside the scale, which goes from ${from} to ${to}.`, 'steps', String(score));
  }
  const answers = type === 'yes or no' ? ['yes', 'no'] : options.map(({ id }) => id);
  for (const answer of field.reasonFor)
    if (!answers.includes(answer) || type === 'ticks')
      at(`"${answer}" is no answer here that could need a reason.${didYouMean(answer, answers)}`, 'reason for');
}

/** A band whose words sound as if there were nothing to do. */
const NOTHING_TO_DO =
  /\bno (further |more )?action\b|\bnothing (more |further )?(needs|has) to\b|\bnothing (more )?to do\b|\bcan be closed\b/i;

/**
 * Each possible total is in exactly one band, the bands leave no gap, and none of them says that nothing needs doing
 * (BC app2).
 */
function checkScore(instrument: Instrument, report: Report): void {
  const { score } = instrument;
  if (score === undefined) return;
  checkSums(instrument, score, report);
  const bands = [...score.bands].sort((a, b) => a.from - b.from);
  for (const [index, band] of bands.entries()) checkBand(band, bands[index - 1], report);
  const lost = possibleTotals(instrument).filter(
    (total) => bands.filter(({ from, to }) => total >= from && total <= to).length !== 1,
  );
  const [first] = lost;
  if (first !== undefined)
    report(
      ['score', 'bands'],
      `${lost.length} of the possible totals are not in exactly one band; the first is ${first}. Each total needs one.`,
    );
}

type Band = NonNullable<Instrument['score']>['bands'][number];

/** `before`: the band below it, if there is one. */
function checkBand(band: Band, before: Band | undefined, report: Report): void {
  const path = ['score', 'bands', band.id];
  if (band.from > band.to) report(path, `the band goes from ${band.from} to ${band.to}. Write the lower number first.`);
  if (NOTHING_TO_DO.test(band.says))
    report(
      [...path, 'says'],
      'this says that nothing needs doing. No score ever means that: say what is done at this one.',
    );
  if (before !== undefined && band.from <= before.to)
    report(
      [...path, 'from'],
      `${band.from} is in two bands, "${before.name}" and "${band.name}". Let one begin where the other has ended.`,
    );
  if (before !== undefined && band.from > before.to + 1)
    report(
      [...path, 'from'],
      `the totals from ${before.to + 1} to ${band.from - 1} are in no band. Let "${band.name}" begin at ${before.to + 1}.`,
    );
}

function checkSums(instrument: Instrument, { adds, subtotals }: ScoreRule, report: Report): void {
  const fields = new Map(fieldsOfInstrument(instrument).map((field) => [field.id, field]));
  for (const [index, id] of adds.entries()) {
    const field = fields.get(id);
    if (scoresOf(field).length === 0)
      report(
        ['score', 'adds', index],
        `only a scale or a number can be added up, and "${id}" is none.${didYouMean(id, [...fields.keys()])}`,
      );
    else if (field?.needed !== true)
      report(
        ['score', 'adds', index],
        `"${id}" counts in the total, so nobody may leave it open: give it "needed: yes".`,
      );
  }
  if (new Set(adds).size < adds.length) report(['score', 'adds'], 'something is added up twice. Name each once.');
  for (const [index, { of, title }] of subtotals.entries())
    for (const id of of)
      if (!adds.includes(id))
        report(['score', 'subtotals', index, 'of'], `"${id}" is in "${title}" and not in the total. Add it to "adds".`);
}

const NEEDS_REFERRAL_RULE = ['screening', 'measurement'];

function checkReferrals(instrument: Instrument, report: Report): void {
  const { refer, kind } = instrument;
  if (NEEDS_REFERRAL_RULE.includes(kind) && refer.length === 0)
    report(
      [],
      `a ${kind} needs "refer whatever the total": a child under 13 who is sexually active is referred, however low the rest is.`,
    );
  const fields = new Map(fieldsOfInstrument(instrument).map((field) => [field.id, field]));
  for (const [index, { age, anyOf }] of refer.entries()) {
    const path = ['refer whatever the total', index];
    if (fields.get(age)?.type !== 'number')
      report([...path, 'age'], `"${age}" is no number here. Name the field of the age in years.`);
    for (const [id, values] of Object.entries(anyOf)) {
      const field = fields.get(id);
      const known =
        field === undefined
          ? []
          : [...field.steps.map(({ score }) => String(score)), ...field.options.map((option) => option.id)];
      for (const value of values)
        if (!known.includes(value))
          report(
            [...path, 'any of', id],
            `"${value}" is no answer to "${id}".${didYouMean(value, known)} It has: ${known.join(', ') || 'none'}.`,
          );
    }
  }
}

interface RawPathwayOf {
  raw: Located<RawPathway>;
  instruments: ReadonlyMap<string, Instrument>;
}

function compileMeetingLists(compiler: Compiler, { raw, instruments }: RawPathwayOf): PathwayRules['meetingLists'] {
  const lists = Object.entries(raw.value['meeting lists'] ?? {});
  return lists.map(([id, agreed]) => {
    const instrument = raw.value.instruments.includes(id) ? instruments.get(id) : undefined;
    const fields = instrument === undefined ? [] : fieldsOfInstrument(instrument).map((field) => field.id);
    if (instrument === undefined)
      compiler.report(
        raw,
        ['meeting lists', id],
        `"${id}" is none of the instruments of this pathway.${didYouMean(id, raw.value.instruments)} Name one that stands under "instruments".`,
      );
    else if (!fields.includes(agreed))
      compiler.report(
        raw,
        ['meeting lists', id],
        `"${agreed}" is no field of "${id}".${didYouMean(agreed, fields)} Name the field that says what the meeting agreed.`,
      );
    return { instrument: id, agreed };
  });
}

function compilePathway(scope: Scope, compiler: Compiler, { raw, instruments }: RawPathwayOf): PathwayRules {
  checkPathway(scope, compiler, { raw, instruments });
  const { value } = raw;
  const measured = value['reduced in'];
  return {
    title: value.title,
    team: value.team,
    says: value.says,
    flows: value.flows,
    recorded: value['or when recorded'] ?? {},
    outcomes: value.outcomes,
    sets: compiler.nameAll('next', value.sets, raw, ['sets']),
    instruments: value.instruments,
    exitAfter: value['exit after'],
    ...(measured !== undefined && { reducedIn: measured }),
    meetingLists: compileMeetingLists(compiler, { raw, instruments }),
    cite: compiler.cite(value.cite, raw, ['cite']),
    ...compiler.stepsAndSources(),
  };
}

/** Which outcomes of the desk, and which answers of its fields, open a pathway. */
function checkWhenOpened(scope: Scope, compiler: Compiler, raw: RawPathwayOf['raw']): void {
  const { value } = raw;
  for (const outcome of value.outcomes)
    if (!(DESK_DECISIONS as readonly string[]).includes(outcome))
      compiler.report(
        raw,
        ['outcomes'],
        `"${outcome}" is no outcome of the desk.${didYouMean(outcome, DESK_DECISIONS)} They are: ${DESK_DECISIONS.join(', ')}.`,
      );
  for (const [field, answers] of Object.entries(value['or when recorded'] ?? {})) {
    const options = Object.keys((scope.own.desk ?? scope.national?.desk)?.value.fields?.[field]?.options ?? {});
    for (const answer of answers)
      if (!options.includes(answer))
        compiler.report(raw, ['or when recorded', field], {
          missing: `the desk's field "${field}" has no answer "${answer}".${didYouMean(answer, options)}`,
        });
  }
}

/** Everything that the pathway names must exist: instruments, flows, desk outcomes and answers of desk fields. */
function checkPathway(scope: Scope, compiler: Compiler, { raw, instruments }: RawPathwayOf): void {
  const { value } = raw;
  const known = [...instruments.keys()];
  const named = (ids: readonly string[], path: string) => {
    for (const id of ids)
      if (!known.includes(id))
        compiler.report(raw, [path], {
          missing: `no instrument is called "${id}".${didYouMean(id, known)} Write it in instruments/${id}.yaml.`,
        });
  };
  named(value.instruments, 'instruments');
  named([value['exit after'], ...(value['reduced in'] === undefined ? [] : [value['reduced in']])], 'exit after');
  for (const flow of value.flows)
    if (findIn(scope, 'flows', flow) === undefined)
      compiler.report(raw, ['flows'], { missing: `no flow is called "${flow}".` });
  checkWhenOpened(scope, compiler, raw);
  const measured = value['reduced in'];
  if (measured !== undefined && instruments.get(measured)?.score === undefined)
    compiler.report(raw, ['reduced in'], {
      missing: `"${measured}" has no score that could show whether the risk has come down.`,
    });
}
