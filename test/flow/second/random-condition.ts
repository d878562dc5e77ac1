/** Random conditions, as authors write them. */
import type { Tree } from './content.ts';
import type { Random } from './random.ts';
import type { Asked } from './random-town.ts';

export function randomCondition(random: Random, questions: readonly Asked[], depth: number): Tree {
  if (depth > 0 && random.chance(0.3)) return randomList(random, questions, depth);
  const lines = [randomLine(random, questions), ...(random.chance(0.25) ? [randomLine(random, questions)] : [])];
  return Object.fromEntries(lines);
}

function randomList(random: Random, questions: readonly Asked[], depth: number): Tree {
  const of = Array.from({ length: random.whole(1, 3) }, () => randomCondition(random, questions, depth - 1));
  const how = random.pick(['any of', 'all of', 'none of', 'at least']);
  if (how === 'at least') return { 'at least': String(random.whole(1, 2)), of };
  return { [how]: of, ...(random.chance(0.2) && Object.fromEntries([randomLine(random, questions)])) };
}

function randomLine(random: Random, questions: readonly Asked[]): [string, Tree] {
  const what = random.pick(['fact', 'fact', 'fact', 'fact', 'level', 'topic', 'means']);
  if (what === 'means') return ['means', randomMeaning(random)];
  if (what === 'level') return ['level', random.chance(0.3) ? String(random.whole(1, 3)) : range(random, 0, 3)];
  if (what === 'topic') return randomTopic(random);
  const question = random.pick(questions);
  return [question.id, randomFact(random, question)];
}

function randomTopic(random: Random): [string, Tree] {
  const [topic, words] = random.pick([
    ['parents', ['tell', 'as the child wishes', 'ask first', 'do not tell']],
    ['consent', ['needed', 'weigh', 'given', 'not needed']],
    ['police', ['consider', 'report', 'call 999']],
  ] as const);
  const some = random.some(words);
  return [topic, some.length === 0 ? random.pick(words) : { 'any of': some }];
}

function randomMeaning(random: Random): Tree {
  const names = ['hurt', 'cold', 'alone'];
  if (random.chance(0.4)) return random.pick(names);
  if (random.chance(0.3)) return { 'of kind': random.pick(['harm', 'crime', 'who']) };
  const some = random.some(names);
  return { [random.pick(['any of', 'all of', 'none of'])]: some.length === 0 ? ['cold'] : some };
}

/** Some answers to one question, as in "means". Never the doubt, because doubt means no harm. */
export function randomAnswers(random: Random, { type, options }: Asked): Tree {
  if (type === 'number') return range(random, 0, 5);
  const some = random.some(options);
  if (some.length === 0) return random.pick(options);
  const isList = type === 'several of';
  return isList && random.chance(0.3) ? { 'at least': '2' } : { [random.pick(['any of', 'all of'])]: some };
}

function range(random: Random, from: number, to: number): Tree {
  const least = { 'at least': String(random.whole(from, to)) };
  const most = { 'at most': String(random.whole(from, to)) };
  return random.pick([least, most, { ...least, ...most }]);
}

function randomFact(random: Random, { type, options }: Asked): Tree {
  const isList = type === 'several of';
  if (random.chance(0.15)) return 'unknown';
  if (isList && random.chance(0.1)) return 'none';
  if (type === 'number') return random.chance(0.2) ? String(random.whole(0, 5)) : range(random, 0, 5);
  if (options.length === 0) return 'unknown';
  if (isList && random.chance(0.3)) {
    const of = random.some(options);
    return { ...(range(random, 1, 3) as { [key: string]: Tree }), ...(of.length > 0 && { of }) };
  }
  const some = random.some(options);
  if (some.length === 0) return random.pick(options);
  const how = random.pick(['any of', 'any of', 'all of', 'none of']);
  const words = how === 'any of' ? random.some(['unknown', ...(isList ? ['none'] : [])], 0.2) : [];
  return { [how]: [...some, ...words] };
}
