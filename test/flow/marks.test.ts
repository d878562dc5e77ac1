/** Nothing may forget a mark: a flow whose end sets all of them is read, proved, compared, shown and exported. */
import { describe, expect, it } from 'vitest';
import { readConsultation } from '../../server/consultation/consultation.ts';
import { describePosition } from '../../server/consultation/position-json.ts';
import { compareSince } from '../../server/desk/comparison.ts';
import { toJson } from '../../server/export/json.ts';
import { toText } from '../../server/export/text.ts';
import { countDifferences, NOTHING_COUNTED } from '../../server/flow/compare/compare.ts';
import { describeMarks } from '../../server/flow/draw/describe-marks.ts';
import type { Flow, TopicMarks } from '../../server/flow/flow.ts';
import { RESERVED } from '../../server/flow/language-words.ts';
import { describeMark, forEachTopic, MARKS, TOPICS, type Topic, wordsFor } from '../../server/flow/marks.ts';
import { outcomesOf } from '../../server/flow/prove/outcomes.ts';
import { walk } from '../../server/flow/walk/walk.ts';
import { Advised } from '../../views/desk/advised.tsx';
import { Stands } from '../../views/result/topic-verdict.tsx';
import { FLOW, makeRecord } from '../export/sample.ts';
import { Random } from './second/random.ts';
import { randomTown } from './second/random-town.ts';
import { TODAY } from './small-content.ts';

const OPENED = { kind: 'opened', area: 'bury', flow: 'level', version: 'v1', reference: 'B 1' } as const;
const CONSULTATION = readConsultation('x', [
  { number: 1, at: '2026-11-20T09:00:00.000Z', by: 'professional', what: OPENED },
]);

const STRONGEST = forEachTopic((topic) => wordsFor(topic).at(-1) ?? '');
const DOOR = FLOW.area.frontDoorName;

/** A flow whose end sets these marks. */
function flowWith(marks: Partial<Record<Topic, string>>): Flow {
  const steps = (FLOW.parts.level?.steps ?? []).filter(({ kind }) => kind !== 'advise');
  const marked = steps.map((step) => (step.kind === 'end' ? { ...step, ...(marks as TopicMarks) } : step));
  return { ...FLOW, parts: { level: { ...(FLOW.parts.level as Flow['parts'][string]), steps: marked } } };
}

const ANSWERS = { harm: 'yes', signs: ['none'], words: 'Something' };
const without = (topic: Topic) => Object.fromEntries(Object.entries(STRONGEST).filter(([other]) => other !== topic));

/** Every place that shows marks, as text that must contain each topic. */
const PLACES: Record<string, (flow: Flow) => Record<Topic, string | RegExp> & { text: string }> = {
  'the text that is taken away': (flow) => ({ text: toText(makeRecord(undefined, flow)), ...sentences() }),
  'the JSON that is taken away': (flow) => {
    const { advised } = toJson(makeRecord(undefined, flow));
    return { text: JSON.stringify(forEachTopic((topic) => advised?.[topic])), ...entries('"word":') };
  },
  'a position as JSON': (flow) => {
    const position = describePosition(flow, walk(flow, ANSWERS), TODAY) as unknown as Record<Topic, unknown>;
    return { text: JSON.stringify(forEachTopic((topic) => position[topic])), ...entries('') };
  },
  'the cards of a result': (flow) => ({
    text: String(Stands({ result: resultOf(flow) })),
    ...forEachTopic((topic) => new RegExp(`id="${topic}"[^]*${describeMark(topic, STRONGEST[topic], DOOR)}`)),
  }),
  'what the desk sees': (flow) => ({
    text: String(Advised({ id: 'x', result: resultOf(flow), turns: [], editable: false, consultation: CONSULTATION })),
    ...sentences(),
  }),
  'the flow read aloud': (flow) => ({
    text: describeMarks(flow, flow.parts.level?.steps.at(-1) as TopicMarks).join('\n'),
    ...forEachTopic((topic) => `${MARKS[topic].name}: ${STRONGEST[topic]}`),
  }),
  'the outcomes that are proved': (flow) => ({
    text: outcomesOf(flow),
    ...forEachTopic((topic) => `${topic}: ${STRONGEST[topic]}`),
  }),
};

function sentences() {
  return forEachTopic((topic) => describeMark(topic, STRONGEST[topic], DOOR));
}

function entries(before: string) {
  return forEachTopic((topic) => new RegExp(`"${topic}":\\{?${before}"${STRONGEST[topic]}"`));
}

function resultOf(flow: Flow) {
  const { result } = makeRecord(undefined, flow);
  if (result === undefined) throw new Error('the sample has no result');
  return result;
}

function missingIn(place: string, flow: Flow): Topic[] {
  const { text, ...wanted } = PLACES[place]?.(flow) ?? { text: '', ...sentences() };
  return TOPICS.filter(
    (topic) => !(typeof wanted[topic] === 'string' ? text.includes(wanted[topic]) : wanted[topic].test(text)),
  );
}

describe.each(Object.keys(PLACES))('in %s', (place) => {
  it('every topic appears', () => {
    expect(missingIn(place, flowWith(STRONGEST))).toEqual([]);
  });

  it.each(TOPICS)('a missing one is noticed: %s', (topic) => {
    expect(missingIn(place, flowWith(without(topic)))).toEqual([topic]);
  });
});

describe('every topic', () => {
  it.each(TOPICS)('is compared between versions, and before and after new information: %s', (topic) => {
    const [own, other] = [flowWith(STRONGEST), flowWith(without(topic))];
    const { byTopic } = countDifferences(own, other, [ANSWERS]);
    expect(byTopic).toEqual({ ...NOTHING_COUNTED.byTopic, [topic]: 1 });
    const opened = { kind: 'opened', area: 'bury', flow: 'level', version: 'f00d', reference: 'B 1' } as const;
    const entry = { number: 1, at: '2026-11-20T09:00:00.000Z', by: 'professional', what: opened } as const;
    const names = compareSince(own, [entry], 2).results.map(({ name }) => name);
    expect(names).toContain(MARKS[topic].name);
  });

  it('has words that cannot be ids', () => {
    for (const topic of TOPICS) expect(RESERVED).toContain(topic);
  });

  it.each(TOPICS)('has a different instruction for each word: %s', (topic) => {
    const told = wordsFor(topic).map((word) => describeMark(topic, word, DOOR));
    expect(new Set(told).size).toBe(told.length);
    for (const [index, sentence] of told.entries()) expect(sentence).not.toBe(wordsFor(topic)[index]);
  });

  it('is known, with each of its words, to the second interpreter, which knows nothing of this table', () => {
    const written = JSON.stringify(Array.from({ length: 60 }, (_, seed) => randomTown(new Random(seed))));
    for (const topic of TOPICS)
      for (const word of wordsFor(topic)) expect(written).toMatch(new RegExp(`\\b${topic}: "?\\\\?"?${word}`));
  });

  it('needs a complete entry to compile', () => {
    const { sentences: _left, ...rest } = MARKS.police;
    // @ts-expect-error what the reader is told is missing
    const incomplete: typeof MARKS.police = rest;
    expect(Object.keys(incomplete)).not.toContain('sentences');
  });
});
