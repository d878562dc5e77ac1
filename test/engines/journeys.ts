/** The journeys of each kind of reader, as what they press. */
import { paths } from '../../server/base/paths.ts';
import type { Engine } from './engine.ts';
import { createHand, expectNoSidewaysScroll } from './hand.ts';

export interface Journey {
  name: string;
  /** Pressed one after the other on the start page, before the first question. */
  press: string[];
  answers: Record<string, string>;
  /** What the result page has to show. */
  shows: RegExp;
  direction?: 'rtl';
  /** Folds of the result to open, one after the other. */
  unfolds?: string[];
}

export const JOURNEYS: Journey[] = [
  {
    name: 'a professional in Bury, in danger',
    press: [`a[href="${paths.area('bury')}"]`, 'button[name=flow][value=level]'],
    answers: { immediate_danger: 'yes', danger_reported: 'calling_now' },
    shows: /Call 999 now/,
    unfolds: ['why'],
  },
  {
    name: 'the public, next door to shouting',
    press: [`a[href="${paths.talkFor('public')}"]`, 'main form button.govuk-button:not(.govuk-button--secondary)'],
    answers: { immediate_danger: 'no', where_child_lives: 'bury', worry_kind: 'night' },
    shows: /Ring the Bury hub/,
  },
  {
    name: 'a child who owes money',
    press: [`a[href="${paths.talkFor('child')}"]`, 'main form button.govuk-button:not(.govuk-button--secondary)'],
    answers: { child_safe_now: 'safe', child_help: 'owe', trusted_adult: 'nobody', home_area: 'bolton' },
    shows: /Ring Childline/,
  },
  {
    name: 'a child who reads Urdu',
    press: [
      'button[name=language][value=ur]',
      `html[lang=ur] a[href="${paths.talkFor('child')}"]`,
      'html[lang=ur] main form button.govuk-button',
    ],
    answers: { child_safe_now: 'not_safe' },
    shows: /ابھی 999 پر فون کریں/,
    direction: 'rtl',
  },
];

/** Throws with what was expected and what was there instead. */
export async function walkJourney(engine: Engine, origin: string, journey: Journey): Promise<void> {
  const hand = createHand(engine, origin);
  for (const selector of journey.press) await hand.press(selector);
  for (const [question, answer] of Object.entries(journey.answers)) {
    await hand.until(`document.querySelector('#question input[name=question]')?.value === '${question}'`);
    await hand.press(`#question input[name="${question}"][value="${answer}"]`);
    await hand.press('#question button[type=submit]');
  }
  await hand.until(`document.querySelector('main[data-end]') !== null`);
  const text = String(await engine.evaluate('document.querySelector("main").innerText'));
  if (!journey.shows.test(text))
    throw new Error(`the result does not show ${journey.shows}, but: ${text.slice(0, 200)}`);
  await expectNoSidewaysScroll(engine);
  const direction = await engine.evaluate('getComputedStyle(document.querySelector("main")).direction');
  if (direction !== (journey.direction ?? 'ltr')) throw new Error(`the result reads ${direction}`);
  for (const fold of journey.unfolds ?? []) {
    await hand.press(`a#${fold}`);
    await hand.until(
      `document.querySelector('details#${fold}')?.open && document.activeElement.closest('#${fold}') !== null`,
    );
    await expectNoSidewaysScroll(engine);
  }
}
