/** A small correct flow with its rules, for tests that plant faults. Levels go from 1 to 3. */

import type { Rule } from '../../server/flow/check/safety.ts';
import type { Flow, Part, Question, Step } from '../../server/flow/flow.ts';
import { advise, all, ask, call, EVERYBODY, end, flow, is, option, part, question, rule } from './prove-flows.ts';

export interface Small {
  parts: Part[];
  questions: Question[];
  rules: Rule[];
}

/** A new copy each time, so that tests may change it. */
export function small(): Small {
  return { parts: [main(), danger(), parents()], questions: questions(), rules: rules() };
}

export function flowOf({ parts, questions }: Small): Flow {
  return flow(parts, questions);
}

/** The step with this id, which the caller may change. */
export function stepOf<Kind extends Step['kind']>(
  { parts }: Small,
  kind: Kind,
  id: string,
): Extract<Step, { kind: Kind }> {
  const step = parts.flatMap((one) => one.steps).find((one) => one.kind === kind && one.id === id);
  if (step === undefined) throw new Error(`no ${kind} ${id}`);
  return step as Extract<Step, { kind: Kind }>;
}

export function questionOf({ questions }: Small, id: string): Question {
  const found = questions.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no question ${id}`);
  return found;
}

/** Moves a step in front of another one of the same flow. */
export function moveBefore({ parts }: Small, id: string, before: string): void {
  for (const { steps } of parts) {
    const from = steps.findIndex((step) => step.id === id);
    const to = steps.findIndex((step) => step.id === before);
    if (from < 0 || to < 0) continue;
    const [step] = steps.splice(from, 1);
    steps.splice(to, 0, step as Step);
  }
}

export function remove({ parts }: Small, id: string): void {
  for (const one of parts) one.steps = one.steps.filter((step) => step.id !== id);
}

function main(): Part {
  return part('level', [
    call('danger'),
    ask('concerns'),
    ask('services', { when: { kind: 'none ticked', fact: 'concerns' } }),
    advise('one_plan', {
      when: { kind: 'ticks', fact: 'services', min: 2, of: ['health', 'school', 'housing'] },
      level: 2,
    }),
    call('parents', { when: { kind: 'level', min: 3 } }),
    ask('agreement'),
    advise('refused', { when: is('agreement', 'refused'), record: ['reason'], consent: 'weigh' }),
    end('refer_now', { when: { kind: 'level', min: 3 }, next: ['refer'] }),
    end('ask_mash', { when: { kind: 'unknown', fact: 'concerns' } }),
    end('plan', { when: { kind: 'level', min: 2, max: 2 } }),
    end('support'),
  ]);
}

function danger(): Part {
  return part('danger', [
    ask('in_danger'),
    end('call_999', { when: is('in_danger', 'yes'), police: 'call 999', contacts: ['police'] }),
  ]);
}

function parents(): Part {
  const kept = advise('must_not_tell', { when: is('concerns', 'sexual_abuse'), parents: 'do not tell', returns: true });
  return part(
    'parents',
    [
      kept,
      ask('age'),
      ask('sexual_activity', { when: { kind: 'range', fact: 'age', max: 12 } }),
      advise('under_13', { when: is('sexual_activity', 'yes'), police: 'report', parents: 'ask first', returns: true }),
      ask('telling_brings_harm'),
      advise('ask_first', { when: is('telling_brings_harm', 'yes'), parents: 'ask first', returns: true }),
      advise('tell', { parents: 'tell', returns: true }),
    ],
    { returns: ['parents'], mayKnow: ['concerns'] },
  );
}

function questions(): Question[] {
  const careful = { label: 'I don’t know', countsAs: 'yes' };
  const harm = [option('neglect', { level: 3 }), option('sexual_abuse', { level: 3, police: 'report' })];
  const services = ['health', 'school', 'housing'].map((id) => option(id, { level: 1 }));
  return [
    question('in_danger', 'yes or no', { text: 'Is a child in danger now?', unknown: careful }),
    question('concerns', 'several of', {
      text: 'What do you suspect?',
      options: harm,
      none: 'None',
      unknown: { label: '?', ask: 'mash' },
    }),
    question('services', 'several of', { options: services, none: 'None', unknown: { label: '?', level: 1 } }),
    question('age', 'number', { from: 0, to: 17, unknown: { label: '?', countsAs: '12' } }),
    question('sexual_activity', 'yes or no', { unknown: careful }),
    question('telling_brings_harm', 'yes or no', { unknown: careful }),
    question('agreement', 'one of', {
      options: [option('given'), option('refused')],
      unknown: { label: '?', countsAs: 'refused' },
    }),
  ];
}

function rules(): Rule[] {
  const young = all({ kind: 'range', fact: 'age', max: 12 }, is('sexual_activity', 'yes'));
  return [
    rule('danger_is_asked', EVERYBODY, { asked: ['in_danger'] }),
    rule('danger_is_999', is('in_danger', 'yes'), { police: ['call 999'], end: ['call_999'], contact: ['police'] }),
    rule('doubt_about_danger', { kind: 'unknown', fact: 'in_danger' }, { end: ['call_999'] }),
    rule('serious_is_referred', is('concerns', 'neglect', 'sexual_abuse'), {
      level: 3,
      end: ['refer_now'],
      next: ['refer'],
      contact: ['team'],
    }),
    rule('parents_kept_out', is('concerns', 'sexual_abuse'), undefined, {
      parents: ['tell', 'ask first', 'as the child wishes'],
    }),
    rule('age_unknown_still_asks', { kind: 'unknown', fact: 'age' }, { asked: ['sexual_activity'] }),
    rule('under_13_is_reported', young, { police: ['report', 'call 999'], advice: ['under_13'] }),
    rule('doubt_is_never_tell', { kind: 'unknown', fact: 'telling_brings_harm' }, undefined, { parents: ['tell'] }),
    rule('refusal_is_recorded', is('agreement', 'refused'), { record: ['reason'] }),
    rule('two_need_a_plan', all(is('services', 'health'), is('services', 'school')), { level: 2, end: ['plan'] }),
    rule('nothing_is_not_serious', { kind: 'none ticked', fact: 'concerns' }, undefined, { level: 3 }),
  ];
}
