import { describe, expect, it } from 'vitest';
import { appliesTo, appliesToInterview, breachesOf } from '../../server/flow/check/safety.ts';
import { compareOutcome, type Outcome, outcomeOf } from '../../server/flow/walk/outcome.ts';
import { walk } from '../../server/flow/walk/walk.ts';
import { advise, all, ask, EVERYBODY, end, flow, is, option, part, question, rule } from './prove-flows.ts';

const RISK = question('risk', 'one of', {
  options: [option('low', { level: 1 }), option('high', { level: 3, next: ['refer'], record: ['why'] })],
  unknown: { label: '?', ask: 'nurse' },
});
const WORRY = flow(
  [
    part('main', [
      ask('risk'),
      advise('hint', { contacts: ['lead'], parents: 'tell' }),
      end('last', { contacts: ['mash', 'lead'], within: 'today' }),
    ]),
  ],
  [RISK],
);
const outcome = (risk?: string) => outcomeOf(WORRY, walk(WORRY, risk === undefined ? {} : { risk }));

describe('an outcome', () => {
  it('has the end with its time, the marks, and every id once', () => {
    expect(outcome('high')).toEqual({
      level: 3,
      parents: 'tell',
      end: 'last',
      within: 'today',
      'first contact': 'mash',
      next: new Set(['refer']),
      record: new Set(['why']),
      contact: new Set(['mash', 'lead', 'team']),
      advice: new Set(['hint']),
      asked: new Set(['risk']),
      'one of': new Set(),
      to: new Set(),
      toReader: new Set(),
      'a step with': new Set(),
      'no tool for': new Set(),
    });
  });

  it('has the contact that a doubt says to ask', () => {
    expect(outcome('unknown')).toMatchObject({
      level: 0,
      contact: new Set(['mash', 'lead', 'nurse']),
      next: new Set(),
    });
  });

  it('has no end while a question is open', () => {
    expect(outcome()).toStrictEqual({
      level: 0,
      next: new Set(),
      record: new Set(),
      contact: new Set(),
      advice: new Set(),
      asked: new Set(),
      'one of': new Set(),
      to: new Set(),
      toReader: new Set(),
      'a step with': new Set(),
      'no tool for': new Set(),
    });
  });
});

describe('an expectation', () => {
  const came = outcome('high');
  const wanted = (expected: Parameters<typeof compareOutcome>[1]) => compareOutcome(came, expected, true);
  const unwanted = (expected: Parameters<typeof compareOutcome>[1]) => compareOutcome(came, expected, false);

  it('is met', () => {
    expect(wanted({})).toEqual([]);
    expect(
      wanted({
        level: 3,
        end: ['other', 'last'],
        within: ['today'],
        'first contact': ['mash'],
        parents: ['tell'],
        next: ['refer'],
        contact: ['mash', 'team'],
        asked: ['risk'],
      }),
    ).toEqual([]);
    expect(
      unwanted({
        level: 2,
        end: ['other'],
        within: ['at once'],
        'first contact': ['lead'],
        parents: ['ask first'],
        police: ['report'],
        next: ['visit'],
        advice: ['other'],
      }),
    ).toEqual([]);
  });

  it('is not met, and described in words', () => {
    expect(
      wanted({ level: 2, end: ['other', 'more'], police: ['report'], next: ['refer', 'visit'], record: ['none'] }),
    ).toEqual([
      'level is 3, and must be 2',
      'end is "last", and must be "other" or "more"',
      'police is "not settled", and must be "report"',
      'next "visit" is missing (there are: refer)',
      'record "none" is missing (there are: why)',
    ]);
    expect(compareOutcome(outcome('low'), { next: ['refer'] }, true)).toEqual([
      'next "refer" is missing (there are: none)',
    ]);
  });

  it('is met although it must not be, and described in words', () => {
    expect(unwanted({ level: 3, end: ['last'], parents: ['tell', 'ask first'], contact: ['mash', 'other'] })).toEqual([
      'level must not be 3',
      'end is "last", and must not be "last"',
      'parents is "tell", and must not be "tell" or "ask first"',
      'contact "mash" must not come out',
    ]);
  });
});

describe('a safety rule', () => {
  const breaches = (always?: object, never?: object, from: Outcome = outcome('high')) =>
    breachesOf(rule('r', EVERYBODY, always, never), from);

  it('is kept', () => {
    expect(breaches()).toEqual([]);
    expect(
      breaches({ level: 3, end: ['last', 'other'], within: ['today'], next: ['refer'], contact: ['mash', 'lead'] }),
    ).toEqual([]);
    expect(breaches({ level: 2 })).toEqual([]);
    expect(breaches(undefined, { level: 4, end: ['other'], consent: ['needed'], next: ['visit'] })).toEqual([]);
  });

  it('is broken by what is missing', () => {
    expect(
      breaches({ level: 4, end: ['other'], police: ['report', 'call 999'], next: ['refer', 'visit'], asked: ['more'] }),
    ).toEqual([
      'level is 3, and must be at least 4',
      'end is "last", and must be "other"',
      'police is "not settled", and must be "report" or "call 999"',
      'next "visit" is missing',
      'asked "more" is missing',
    ]);
  });

  it('is broken by what must not come out', () => {
    expect(
      breaches(undefined, {
        level: 3,
        end: ['last', 'other'],
        parents: ['tell'],
        next: ['refer'],
        contact: ['lead', 'x'],
      }),
    ).toEqual([
      'level is 3, and must be lower than 3',
      'end must not be "last"',
      'parents must not be "tell"',
      'next "refer" must not come out',
      'contact "lead" must not come out',
    ]);
  });

  it('applies to the flows that it names, or to all', () => {
    const named = { ...rule('r', EVERYBODY), flows: ['main', 'other'] };
    expect(['main', 'other', 'third'].map((id) => appliesTo(named, { id, reader: 'child' }))).toEqual([
      true,
      true,
      false,
    ]);
    expect(appliesTo(rule('r', EVERYBODY), { id: 'third', reader: 'public' })).toBe(true);
  });

  it('applies to an interview by what is known at its end', () => {
    const speaks = (whenever: Parameters<typeof rule>[1], risk: string) =>
      appliesToInterview(rule('r', whenever), WORRY, walk(WORRY, { risk }));
    expect(speaks(is('risk', 'high'), 'high')).toBe(true);
    expect(speaks(is('risk', 'high'), 'low')).toBe(false);
    expect(speaks(all({ kind: 'level', min: 3 }, { kind: 'stands', topic: 'parents', values: ['tell'] }), 'high')).toBe(
      true,
    );
    expect(speaks({ kind: 'level', min: 3 }, 'low')).toBe(false);
  });
});
