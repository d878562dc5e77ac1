/** The journeys of each kind of reader, by what they press. */
import { paths } from '../../server/base/paths.ts';
import { type Engine, wait } from './engine.ts';

export interface Journey {
  name: string;
  /** Pressed one after the other, from the start page, before the first question. */
  press: string[];
  answers: Record<string, string>;
  /** What the result has to show. */
  shows: RegExp;
  direction?: 'rtl';
}

export const JOURNEYS: Journey[] = [
  {
    name: 'a professional in Bury, in danger',
    press: [`a[href="${paths.area('bury')}"]`, 'button[name=flow][value=level]'],
    answers: { immediate_danger: 'yes', danger_reported: 'calling_now' },
    shows: /Call 999 now/,
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
    answers: { child_safe_now: 'safe', child_needs: 'owe', trusted_adult: 'no', home_area: 'bolton' },
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

/** Throws with what was expected and what stood there instead. */
export async function walkJourney(engine: Engine, origin: string, journey: Journey): Promise<void> {
  await engine.go(origin + paths.start());
  await engine.forget();
  await engine.go(origin + paths.start());
  for (const selector of journey.press) await press(engine, selector);
  for (const [question, answer] of Object.entries(journey.answers)) {
    await until(engine, `document.querySelector('#question input[name=question]')?.value === '${question}'`);
    await press(engine, `#question input[name="${question}"][value="${answer}"]`);
    await press(engine, '#question button[type=submit]');
  }
  await until(engine, `document.querySelector('main[data-end]') !== null`);
  const text = String(await engine.evaluate('document.querySelector("main").innerText'));
  if (!journey.shows.test(text))
    throw new Error(`the result does not show ${journey.shows}, but: ${text.slice(0, 200)}`);
  const wide = await engine.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  if (Number(wide) > 0) throw new Error(`the result scrolls sideways by ${wide} px`);
  const direction = await engine.evaluate('getComputedStyle(document.querySelector("main")).direction');
  if (direction !== (journey.direction ?? 'ltr')) throw new Error(`the result reads ${direction}`);
}

async function press(engine: Engine, selector: string): Promise<void> {
  const found = `document.querySelector(${JSON.stringify(selector)})`;
  await until(engine, `${found} !== null`);
  await engine.evaluate(`(${found}.click(), true)`);
}

/** Waits for at most half a minute. A page that is being left cannot be asked. */
async function until(engine: Engine, condition: string): Promise<void> {
  for (let left = 150; left > 0; left--) {
    if ((await engine.evaluate(`document.readyState === 'complete' && ${condition}`).catch(() => false)) === true)
      return;
    await wait(200);
  }
  throw new Error(
    `after half a minute this does not hold: ${condition}, at ${await engine.evaluate('location.pathname')}`,
  );
}
