/**
 * Compares the prover with the walk: small random flows, with every combination of answers walked one by one. What the
 * prover derives from formulas has to match what counting gives.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { appliesToInterview, breachesOf, type Rule } from '../../server/flow/check/safety.ts';
import type { Flow } from '../../server/flow/flow.ts';
import type { Expected } from '../../server/flow/language/schema.ts';
import { NEVER } from '../../server/flow/prove/diagram.ts';
import { type Interview, runInterview } from '../../server/flow/prove/interview.ts';
import { heightOf, MARK_TOPICS, type MarkTopic } from '../../server/flow/prove/known.ts';
import { findRows } from '../../server/flow/prove/outcomes.ts';
import { prove } from '../../server/flow/prove/prove.ts';
import { findUnreached } from '../../server/flow/prove/unreached.ts';
import type { Answers } from '../../server/flow/walk/answer.ts';
import { MANY, type Outcome, outcomeOf } from '../../server/flow/walk/outcome.ts';
import { type Position, walk } from '../../server/flow/walk/walk.ts';
import { isShort, someOf } from '../short-form.ts';
import { answersTo, combinationsOf, condition, type Draw, LEVELS, randomFlow, rule } from './prove-flows.ts';

/** The first counterexample is small enough; shrinking it would walk for minutes. */
const RUNS = { numRuns: isShort ? 20 : 60, seed: 20261122, endOnFailure: true };

const OF_END = ['end', 'within', 'first contact'] as const;

interface Walked {
  answers: Answers;
  position: Position;
  outcome: Outcome;
}

function walkAll(flow: Flow): Walked[] {
  return combinationsOf(flow).map((answers) => {
    const position = walk(flow, answers);
    return { answers, position, outcome: outcomeOf(flow, position) };
  });
}

/** The variables of one combination of answers, determined without asking the prover how it decodes them. */
function assign({ known }: Interview, answers: Answers): boolean[] {
  const assignment: boolean[] = [];
  for (const { question, variables } of known.facts.values()) {
    const given = [answers[question.id]].flat().map(String);
    const starts = variables.map(({ value }) => Number(value)).filter((start) => start <= Number(given[0]));
    const value = question.type === 'number' && given[0] !== 'unknown' ? [String(Math.max(...starts))] : given;
    for (const variable of variables) assignment[variable.id] = value.includes(variable.value);
  }
  return assignment;
}

function isTrue({ diagrams }: Interview, formula: number, assignment: boolean[]): boolean {
  let node = formula;
  while (node > 1) node = assignment[diagrams.variableOf(node)] ? diagrams.highOf(node) : diagrams.lowOf(node);
  return node === 1;
}

function holdsFor(run: (draw: Draw) => void): void {
  fc.assert(
    fc.property(fc.gen(), (draw) => run(draw)),
    RUNS,
  );
}

describe('every combination of answers, one by one', { timeout: 120_000 }, () => {
  test('what is asked, advised, collected and shown, and where it ends', () => {
    holdsFor((draw) => {
      const flow = randomFlow(draw);
      const interview = runInterview(flow, []);
      const { known } = interview;
      for (const { answers, outcome } of walkAll(flow)) {
        const assignment = assign(interview, answers);
        const trueOf = (formula: number) => isTrue(interview, formula, assignment);
        const said = [
          ...OF_END.flatMap((topic) => known[topic].ids().filter((id) => trueOf(known[topic].of(id)))),
          ...MANY.flatMap((topic) =>
            known[topic]
              .ids()
              .filter((id) => trueOf(known[topic].of(id)))
              .sort(),
          ),
        ];
        const came = [...OF_END.map((topic) => outcome[topic]), ...MANY.flatMap((topic) => [...outcome[topic]].sort())];
        if (said.join() !== came.join()) expect(said, JSON.stringify(answers)).toEqual(came);
        const wrong = MARK_TOPICS.filter((topic) => !trueOf(known.heights[topic].exactly(heightIn(outcome, topic))));
        if (wrong.length > 0) expect(wrong, JSON.stringify(answers)).toEqual([]);
      }
    });
  });

  test('which steps are taken, and which can never be reached', () => {
    holdsFor((draw) => {
      const flow = randomFlow(draw);
      const interview = runInterview(flow, []);
      const everTaken = new Set<string>();
      for (const { answers, position } of walkAll(flow)) {
        const assignment = assign(interview, answers);
        const taken = position.path.filter((step) => step.taken === 'taken' || step.taken === 'known').map(nameOf);
        for (const name of taken) everTaken.add(name);
        const said = interview.visits.filter((visit) => isTrue(interview, visit.taken, assignment));
        const names = said.map((visit) => nameOf({ part: visit.part, step: visit.step.id }));
        if (names.join() !== taken.join()) expect(names).toEqual(taken);
      }
      const met = new Set(interview.visits.map((visit) => nameOf({ part: visit.part, step: visit.step.id })));
      const dead = findUnreached(interview).filter((fault) => fault.message.includes('never be reached'));
      expect(dead.map(({ part, step = '' }) => nameOf({ part, step })).sort()).toEqual(
        [...met].filter((name) => !everTaken.has(name)).sort(),
      );
    });
  });

  test('every verdict on a safety rule, and the shortest way to break it', () => {
    const seen = new Set<string>();
    holdsFor((draw) => {
      const flow = randomFlow(draw);
      const rules = [0, 1, 2].map((index) => randomRule(draw, flow, `r${index}`));
      const walked = walkAll(flow);
      const proof = prove(flow, rules);
      proof.rules.forEach(({ rule, result, breach }) => {
        const spokenOf = walked.filter(({ position }) => appliesToInterview(rule, flow, position));
        const broken = spokenOf.filter(({ outcome }) => breachesOf(rule, outcome).length > 0);
        const expected = spokenOf.length === 0 ? 'vacuous' : broken.length === 0 ? 'holds' : 'broken';
        expect(result).toBe(expected);
        seen.add(result);
        if (breach === undefined) return;
        const least = Math.min(...broken.map(({ position }) => efforts(flow, asked(position))));
        expect(efforts(flow, breach.answers)).toBe(least);
        expectMattering(flow, rule, breach, walked);
      });
    });
    expect([...seen].sort()).toEqual(['broken', 'holds', 'vacuous']);
  });

  test('every case where more harm, or not knowing, gives less', () => {
    const seen = { falls: 0, doubts: 0 };
    holdsFor((draw) => {
      const flow = randomFlow(draw);
      const proof = prove(flow, []);
      const walked = walkAll(flow);
      const found = (list: typeof proof.falls) => list.map((one) => `${one.question} ${one.measure}`).sort();
      const reached = runInterview(flow, []).known.facts;
      const questions = Object.values(flow.questions).filter(({ id }) => reached.has(id));
      const falls = questions.flatMap((one) => weaknesses(one.id, walked, risingPairs(one.id, flow)));
      const doubts = questions.flatMap((one) => weaknesses(one.id, walked, doubtfulPairs(one.id, flow)));
      expect(found(proof.falls)).toEqual(falls.sort());
      expect(found(proof.riskyDoubts)).toEqual(doubts.sort());
      seen.falls += falls.length;
      seen.doubts += doubts.length;
    });
    expect(seen.falls).toBeGreaterThan(isShort ? 2 : 8);
    expect(seen.doubts).toBeGreaterThan(isShort ? 2 : 8);
  });

  test('the rows of outcomes: each outcome once, with its share of all combinations', () => {
    holdsFor((draw) => {
      const flow = randomFlow(draw);
      const interview = runInterview(flow, []);
      const rows = findRows(interview, Number.POSITIVE_INFINITY);
      const counted = new Map<string, Set<string>>();
      const all = new Set<string>();
      for (const { answers, outcome } of walkAll(flow)) {
        const name = [outcome.end, ...MARK_TOPICS.map((topic) => heightIn(outcome, topic))].join();
        const code = assign(interview, answers).join();
        all.add(code);
        counted.set(name, (counted.get(name) ?? new Set()).add(code));
      }
      const said = rows.map((row) => [row.end, ...MARK_TOPICS.map((topic) => row.heights[topic].join('/'))].join());
      expect([...said].sort()).toEqual([...counted.keys()].sort());
      rows.forEach((row, at) => {
        expect(row.share).toBeCloseTo((counted.get(said[at] as string)?.size ?? 0) / all.size, 12);
      });
    });
  });
});

/** Rank of the mark; 0 if it is not set. */
function heightIn(outcome: Outcome, topic: MarkTopic): number {
  return outcome[topic] === undefined ? 0 : heightOf(topic, outcome[topic]);
}

function nameOf({ part, step }: { part: string; step: string }): string {
  return `${part}/${step}`;
}

function randomRule(draw: Draw, flow: Flow, id: string): Rule {
  const questions = Object.values(flow.questions);
  const candidates: Expected[] = [
    { level: 2 },
    { end: ['last', 's2'] },
    { parents: ['ask first', 'do not tell'] },
    { police: ['call 999'] },
    { consent: ['needed'] },
    { next: ['refer', 'visit'] },
    { record: ['reason'] },
    { contact: ['team'] },
    { contact: ['lead', 'mash'] },
    { advice: ['s1'] },
    { asked: ['danger', 'signs'] },
  ];
  const expected = () => draw(fc.constantFrom<Expected[]>, ...candidates);
  const always = draw(fc.boolean) ? expected() : undefined;
  return rule(
    id,
    condition(draw, questions, 1),
    always,
    always === undefined || draw(fc.boolean) ? expected() : undefined,
  );
}

function asked(position: Position): Answers {
  return Object.fromEntries(position.turns.map((turn) => [turn.question, turn.answer]));
}

/** Ticks, doubts and choices other than the plain one: the shortest example has the fewest of these. */
function efforts(flow: Flow, answers: Answers): number {
  return Object.entries(answers).reduce((sum, [id, answer]) => {
    const { type, options, from } = flow.questions[id] as Flow['questions'][string];
    if (Array.isArray(answer)) return sum + answer.filter((tick) => tick !== 'none').length;
    const plain =
      type === 'yes or no' ? 'no' : type === 'number' ? from : type === 'date' ? '2000-01-01' : options[0]?.id;
    const isDay = type === 'date' && answer !== 'unknown';
    // Of numbers that no condition tells apart, the walk tries all and the prover the first.
    return sum + (answer === plain || isDay ? 0 : 1);
  }, 0);
}

/** Expects that with the answers that matter kept, every other combination breaks the rule too. */
function expectMattering(
  flow: Flow,
  rule: Rule,
  breach: { answers: Answers; matters: string[] },
  walked: Walked[],
): void {
  const same = walked.filter(({ answers }) =>
    breach.matters.every((id) => JSON.stringify(answers[id]) === JSON.stringify(breach.answers[id])),
  );
  // The prover shows a different day than the walk tries, so there may be no match.
  for (const { position, outcome } of same) {
    expect(appliesToInterview(rule, flow, position)).toBe(true);
    expect(breachesOf(rule, outcome)).not.toEqual([]);
  }
}

type Pair = (answers: Answers) => { better: Answers[]; worse: Answers } | undefined;

/** `worse`: with more said. `better`: all interviews compared with it, of which the weakest counts. */
function weaknesses(id: string, walked: Walked[], pairs: Pair[]): string[] {
  const standing = new Map(walked.map(({ answers, position }) => [JSON.stringify(answers), position.standing]));
  const strengthOf = (measure: string, answers: Answers) => {
    const { level, police } = standing.get(JSON.stringify(answers)) as Position['standing'];
    if (measure === 'police') return heightOf('police', police ?? '');
    return police === 'call 999' ? LEVELS : Math.max(level, 1);
  };
  return ['level', 'police'].flatMap((measure) => {
    const fails = walked.some(({ answers }) =>
      pairs.some((pair) => {
        const found = pair(answers);
        if (found === undefined) return false;
        const least = Math.min(...found.better.map((one) => strengthOf(measure, one)));
        return strengthOf(measure, found.worse) < least;
      }),
    );
    return fails ? [`${id} ${measure}`] : [];
  });
}

function risingPairs(id: string, flow: Flow): Pair[] {
  const { options, type, rising } = flow.questions[id] as Flow['questions'][string];
  if (type === 'several of') {
    const marked = options.some((option) => option.level !== undefined || option.police !== undefined);
    return marked ? options.map((option) => tickPair(id, option.id, flow)) : [];
  }
  if (!rising) return [];
  return options.slice(1).map((option, index) => (answers) => {
    if (answers[id] !== option.id) return undefined;
    return { worse: answers, better: [{ ...answers, [id]: options[index]?.id ?? '' }] };
  });
}

function tickPair(id: string, tick: string, flow: Flow): Pair {
  const order = [...(flow.questions[id]?.options ?? []).map((option) => option.id), 'unknown'];
  return (answers) => {
    const ticks = answers[id] as string[];
    if (!ticks.includes(tick)) return undefined;
    const fewer = order.filter((one) => one !== tick && ticks.includes(one));
    return { worse: answers, better: [{ ...answers, [id]: fewer.length === 0 ? ['none'] : fewer }] };
  };
}

function doubtfulPairs(id: string, flow: Flow): Pair[] {
  const one = flow.questions[id] as Flow['questions'][string];
  if (one.type === 'several of') return [tickPair(id, 'unknown', flow)];
  const known = answersTo(one).filter((answer) => answer !== 'unknown');
  return [
    (answers) => {
      if (answers[id] !== 'unknown') return undefined;
      return { worse: answers, better: known.map((answer) => ({ ...answers, [id]: answer })) };
    },
  ];
}

test('the walk is what is compared with: some random flow reaches every kind of step', () => {
  const kinds = new Set<string>();
  holdsFor((draw) => {
    const flow = randomFlow(draw);
    for (const { position } of walkAll(flow)) for (const step of position.path) kinds.add(`${step.kind} ${step.taken}`);
    expect(runInterview(flow, []).fallsOff).toBe(NEVER);
  });
  for (const kind of someOf(
    ['ask taken', 'ask known', 'advise taken', 'call taken', 'end taken', 'end skipped', 'say jumped over'],
    7,
  ))
    expect([...kinds]).toContain(kind);
});
