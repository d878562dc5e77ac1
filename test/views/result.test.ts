import { describe, expect, it } from 'vitest';
import { pastTurns } from '../../server/consultation/transcript.ts';
import type { Flow } from '../../server/flow/flow.ts';
import { walk } from '../../server/flow/walk/walk.ts';
import { renderPage } from '../../views/kit/render.ts';
import { Recommended } from '../../views/result/recommended.tsx';
import { ResultPage } from '../../views/result/result.tsx';
import { renderAll } from './pages.ts';
import { makeAnswers, makeConsultation, makeFlow, makePageContext, makeResult } from './sample.ts';

const pages = renderAll();
const page = (name: string) => pages[name] ?? `there is no page ${name}`;
const UNTOLD = 'You have not told children’s services yet';

describe('a result', () => {
  it('is marked with the end that was reached, unlike any other page', () => {
    expect(page('result')).toContain('data-end="ring"');
    expect(page('question danger')).not.toContain('data-end');
  });

  it('says right below the action that nobody was told, until the person writes down whom they told', () => {
    const html = page('result');
    expect(html.indexOf(UNTOLD)).toBeGreaterThan(html.indexOf('<h1'));
    expect(html.indexOf(UNTOLD)).toBeLessThan(html.indexOf('fd-fold'));
    expect(page('result, told')).not.toContain(UNTOLD);
    expect(page('result, told')).toContain('You spoke to A. Worker, today. Reference given: M1.');
    expect(page('result, told')).toContain('Front Door itself sends nothing');
  });

  it('recommends one action, with its time and a number to press', () => {
    const html = page('result');
    expect(html.match(/class="fd-action__title"/g)).toHaveLength(1);
    expect(html).toContain('Within 1 working day, by Monday 23 November 2026');
    expect(html).toContain('<a href="tel:01612535678" class="fd-phone fd-phone--big">0161 253 5678</a>');
  });

  it('shows the reader’s own steps first, and what they are based on one tap away', () => {
    const behind = [
      'my-steps-more',
      'verdicts',
      'contacts',
      'advice',
      'next',
      'write-down',
      'not-known',
      'why',
      'changes',
      'lower',
      'answers',
    ];
    const html = page('result');
    const inSight = [...html.matchAll(/<section class="fd-section[^"]*"[^>]* id="([\w-]+)"/g)].map(([, id]) => id);
    const elsewhere = [...html.matchAll(/<a class="fd-fold[^"]*" id="([\w-]+)" href="[^"]*\/result\/all#\1"/g)];
    const folded = [...html.matchAll(/<details class="fd-fold[^"]*" id="([\w-]+)"(?! open)/g)].map(([, id]) => id);
    expect(inSight).toEqual(['my-steps']);
    expect(elsewhere.map(([, id]) => id)).toEqual(behind);
    expect(folded).toEqual(['record', 'lead']);
    const whole = [...page('result, whole').matchAll(/<details class="fd-fold[^"]*" id="([\w-]+)" open/g)];
    expect(whole.map(([, id]) => id)).toEqual(behind);
  });

  it('says how much there is of everything that is folded', () => {
    for (const [name, pattern] of [
      ['result', /<a class="fd-fold.*?<\/a>/gs],
      ['result, whole', /<details class="fd-fold.*?<\/summary>/gs],
    ] as const) {
      const folds = page(name).match(pattern) ?? [];
      expect(folds.length).toBeGreaterThan(8);
      for (const fold of folds) expect(fold).toMatch(/fd-fold__holds">\d+ /);
    }
  });

  it('says beside each number whether anybody checked it, where it comes from, and what conflicts', () => {
    const html = page('result, whole');
    expect(page('result')).toMatch(/0161 253 5678<\/a> <span class="fd-tag fd-tag--unchecked">Not checked/);
    expect(html).toMatch(/0161 253 5678<\/a><span class="fd-tag fd-tag--unchecked">Not checked/);
    expect(html).toContain('Checked 1 November 2026');
    expect(html).toContain('Hours: Nine to five');
    expect(html).toContain('Source: The document, 5.7 Referral (undated)');
    expect(html).toContain('<strong>The published numbers differ.</strong> Two numbers.');
    for (const number of ['01617182118', '01617182188']) expect(html).toContain(`tel:${number}`);
  });

  it('makes no link of an invalid address', () => {
    expect(page('result, whole')).toContain('href="https://example.org/hub"');
    expect(page('result, whole')).not.toContain('javascript:');
  });

  it('shows the code once it was created', () => {
    expect(page('result')).not.toContain('kx3m');
    expect(page('result, told')).toContain('<strong class="fd-code__code">kx3m</strong>');
  });
});

describe('a record', () => {
  it('links from a refused form’s error to its field, and keeps what was typed', () => {
    const html = page('record, refused');
    expect(html).toContain('<a href="#tellings-spokeTo">Write whom</a>');
    expect(html).toMatch(/id="tellings-when"[^>]*value="x"/);
  });

  it('shows an entry and its correction', () => {
    expect(page('record')).toContain('<strong>Corrected:</strong> Right. Why: Wrong day');
    expect(page('record')).toContain('id="entry-2"');
  });
});

describe('the number under the action', () => {
  const flow = makeFlow();
  const page = (contacts: string[]) => {
    const answers = makeAnswers();
    const [part] = Object.values(flow.parts);
    const steps = part?.steps.map((step) => (step.kind === 'end' ? { ...step, contacts } : step)) ?? [];
    const changed = { ...flow, parts: { sample: { ...part, steps } } } as Flow;
    return String(Recommended({ result: makeResult(changed, answers), area: flow.area }));
  };

  it('is that of the first contact', () => {
    expect(page(['two', 'door'])).toMatch(/fd-phone--big">0161 718 2118/);
  });

  it('is not another contact’s if the first has none; the front door is shown as the second way', () => {
    expect(page(['mail', 'two', 'door'])).not.toContain('fd-phone--big');
    expect(page(['mail', 'two', 'door'])).toContain('If you cannot reach them: The hub');
    expect(page(['mail', 'two'])).not.toContain('tel:');
  });

  it('says what the number is for, and links to the contact’s address and web page', () => {
    const { mail, two } = flow.contacts;
    if (mail === undefined || two === undefined) throw new Error('the sample has no such contacts');
    const phones = [{ number: '0161 474 5657', label: 'printed as 474 5657', cite: [] }];
    const named = { ...flow.contacts, two: { ...two, phones, email: 'a@b.example', web: 'https://b.example/form' } };
    const [part] = Object.values(flow.parts);
    const steps = part?.steps.map((step) => (step.kind === 'end' ? { ...step, contacts: ['two'] } : step)) ?? [];
    const changed = { ...flow, contacts: named, parts: { sample: { ...part, steps } } } as Flow;
    const box = String(Recommended({ result: makeResult(changed, makeAnswers()), area: flow.area }));
    expect(box).toContain('<span class="fd-action__who">printed as 474 5657</span>');
    expect(box).toContain('href="https://b.example/form"');
    expect(box).toContain('href="mailto:a@b.example"');
    expect(page(['mail'])).toContain(`href="mailto:${mail.email}"`);
  });
});

describe('what result pages with the same answers share', () => {
  const flow = makeFlow();
  const { area } = flow;
  const answers = makeAnswers();
  const result = makeResult(flow, answers);
  const pageOf = (id: string, words: string, shown = result) => {
    const given = { ...answers, words };
    const consultation = { ...makeConsultation(given), id };
    const turns = pastTurns(flow, walk(flow, given));
    return renderPage(ResultPage({ page: makePageContext(), consultation, area, result: shown, turns }));
  };

  it('includes nothing that was typed, and not the consultation’s URL', () => {
    const first = pageOf('first-consultation', 'He has a bruise.');
    const second = pageOf('second-consultation', 'Nothing was seen.');
    expect(first).toContain('/consultations/first-consultation/result/all#why');
    expect(second).not.toMatch(/first-consultation|bruise/);
    expect(second).toBe(pageOf('second-consultation', 'Nothing was seen.', makeResult(flow, answers)));
  });
});
