import { describe, expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import type { Answer } from '../../../server/flow/walk/answer.ts';
import { contentFiles, openApp, readLibrary } from '../app.ts';
import { everyTypeFiles } from '../every-type.ts';
import { attribute, type Page, wordsOf } from '../page.ts';
import type { Visitor } from '../visitor.ts';
import { answer, type Given, idOf, openDoor, type Story, walkOn } from '../walking.ts';

const library = readLibrary([...contentFiles, ...everyTypeFiles]);
const HTMX = { 'HX-Request': 'true' };

const STORY: Story = {
  sample_yes: 'no',
  sample_one: 'red',
  sample_several: ['none'],
  sample_number: 4,
  sample_date: '1 11 2026',
  sample_short: 'Nothing more',
  sample_long: 'It began on Monday.\n\nThen it went on.',
};

async function open() {
  const opened = await openApp({ library });
  const visitor = opened.visit();
  const page = await openDoor(visitor, 'sampleton', 'every_type');
  return { ...opened, visitor, page, id: idOf(page) };
}

type Open = Awaited<ReturnType<typeof open>>;

/** Opens a consultation and answers up to this question. */
async function openAt(question: string): Promise<Open> {
  const opened = await open();
  const before = Object.entries(STORY).slice(0, Object.keys(STORY).indexOf(question));
  return { ...opened, page: await walkOn(opened.visitor, opened.page, Object.fromEntries(before)) };
}

async function answersKept({ store, id }: Open): Promise<[string, Answer][]> {
  const entries = (await store.log.read(id)) ?? [];
  return entries.flatMap(({ what }) => (what.kind === 'answered' ? [[what.question, what.answer]] : []));
}

/** Posts values that no real form would send. */
function force(visitor: Visitor, page: Page, given: readonly Given[], headers = {}) {
  const { action, sends } = page.questionForm;
  const question = page.question ?? '';
  const pairs = [...sends].filter(([name]) => name !== question);
  const values = given.flat().map((value): [string, string] => [question, String(value)]);
  return visitor.post(action, new URLSearchParams([...pairs, ...values]), headers);
}

describe('a question', () => {
  it('is a real form: fieldset, legend with the heading, why we ask, its id in a hidden field, and "I don’t know"', async () => {
    const { page } = await open();
    expect(page.words('#question form fieldset > legend > h1')).toBe('Yes or no?');
    expect(page.words('#question fieldset')).toContain('Why we ask: To try it.');
    expect(page.text).toContain('Something that is said first');
    const form = page.questionForm;
    expect(form.method).toBe('post');
    expect(form.sends.get('question')).toBe('sample_yes');
    expect(form.sends.get('seen')).toBe('0');
    expect(form.offers.get('sample_yes')).toEqual(['yes', 'no', 'unknown']);
    const describedBy = attribute(page.find('#question fieldset'), 'aria-describedby')?.split(' ') ?? [];
    for (const id of describedBy) expect(page.find(`#${id}`)).toBeDefined();
  });

  it.each([
    ['sample_yes', 'yes', 'yes'],
    ['sample_yes', 'unknown', 'unknown'],
    ['sample_one', 'blue', 'blue'],
    ['sample_several', ['snow', 'sun'], ['sun', 'snow']],
    ['sample_several', ['sun', 'unknown'], ['sun', 'unknown']],
    ['sample_several', ['none'], ['none']],
    ['sample_number', 0, 0],
    ['sample_number', ' 17 ', 17],
    ['sample_number', ['', 'unknown'], 'unknown'],
    ['sample_date', '22 11 2026', '2026-11-22'],
    ['sample_date', '3 March 2024', '2024-03-03'],
    ['sample_date', ['', 'unknown'], 'unknown'],
    ['sample_short', '  About <b>Ella</b> & me  ', 'About <b>Ella</b> & me'],
    ['sample_short', ['written', 'unknown'], 'written'],
    ['sample_long', 'One\r\ntwo', 'One\ntwo'],
  ])('%s takes %j', async (question, given, kept) => {
    const opened = await openAt(question);
    const next = await answer(opened.visitor, opened.page, given);
    expect(next.status).toBe(200);
    expect((await answersKept(opened)).at(-1)).toEqual([question, kept]);
    expect(next.question).not.toBe(question);
  });

  it.each([
    ['sample_yes', [], /Choose an answer\. If you are not sure, choose “I don’t know”/],
    ['sample_yes', [''], /Choose an answer/],
    ['sample_yes', ['perhaps'], /not one of those offered/],
    ['sample_yes', ['yes', 'no'], /one answer only/],
    ['sample_one', ['green'], /not one of those offered/],
    ['sample_one', ['__proto__'], /not one of those offered/],
    ['sample_several', [], /Tick all that apply/],
    ['sample_several', ['none', 'sun'], /You ticked “None of these” and something else/],
    ['sample_several', ['sun', 'moon'], /not in the list/],
    ['sample_number', ['18'], /whole number from 0 to 17/],
    ['sample_number', ['-1'], /whole number from 0 to 17/],
    ['sample_number', ['4.5'], /whole number from 0 to 17/],
    ['sample_number', ['four'], /whole number from 0 to 17/],
    ['sample_number', ['1e1'], /whole number from 0 to 17/],
    ['sample_number', [''], /Enter a whole number/],
    ['sample_date', ['31 2 2026'], /You wrote “31 2 2026”: February 2026 has 28 days.*such as 27 3 2026/],
    ['sample_date', ['23 11 2026'], /not after/],
    ['sample_date', ['last week'], /You wrote “last week”. Write the day, the month and the year/],
    ['sample_date', [''], /Enter a date/],
    ['sample_short', [' '], /Write something/],
    ['sample_short', ['x'.repeat(301)], /You wrote 301 characters/],
    ['sample_long', ['x'.repeat(20_001)], /You wrote 20001 characters.*20000 or fewer/],
  ] as const)('%s refuses %.40j, says why, and keeps the input', async (question, given, message) => {
    const opened = await openAt(question);
    const before = await answersKept(opened);
    const refused = await force(opened.visitor, opened.page, given);
    expect(refused.status).toBe(422);
    expect(refused.title).toMatch(/^Error: Question \d – Front Door, Sampleton$/);
    expect(refused.errors).toEqual([expect.stringMatching(message)]);
    expect(refused.question).toBe(question);
    expect(await answersKept(opened)).toEqual(before);
    const target = attribute(refused.find('.govuk-error-summary__list a'), 'href') ?? '';
    expect(refused.find(target)).toBeDefined();
    const described = refused.all('[aria-describedby]').map((element) => attribute(element, 'aria-describedby'));
    expect(described.some((ids) => ids?.includes(`${target.slice(1)}-error`))).toBe(true);
    const { sends, offers, writes } = refused.questionForm;
    const offered = given.filter(
      (value) => value.trim() !== '' && (writes.includes(question) || offers.get(question)?.includes(value)),
    );
    const kept = sends.getAll(question).filter((value) => value.trim() !== '');
    // Only one of two radio buttons can be kept on a page.
    expect(kept.sort()).toEqual(
      question === 'sample_yes' && offered.length > 1 ? expect.arrayContaining(['yes']) : offered,
    );
  });

  it('keeps 20,000 characters of any script, and shows them again', async () => {
    const opened = await openAt('sample_long');
    const long = 'Zażółć gęślą jaźń, 子供, ילד. '.repeat(800).slice(0, 20_000).trim();
    const end = await answer(opened.visitor, opened.page, long);
    expect(end.end).toBe('sample_other');
    expect((await answersKept(opened)).at(-1)).toEqual(['sample_long', long]);
    const whole = await opened.visitor.go(paths.wholeResult(idOf(end)));
    expect(whole.text).toContain(long.replace(/\s+/g, ' '));
  });

  it('leads through all types to the result', async () => {
    const { visitor, page, id } = await open();
    const end = await walkOn(visitor, page, STORY);
    expect(end.url).toBe(paths.result(id));
    expect(end.end).toBe('sample_other');
    expect(end.heading).toBe('Talk it through with the desk');
    expect(end.text).toContain('Within 7 working days, by Tuesday 1 December 2026');
  });
});

describe('an answer', () => {
  it('is followed by a redirect to the next question, which has its own URL', async () => {
    const { visitor, page, id } = await open();
    const next = await answer(visitor, page, 'no');
    expect(next.way).toEqual([paths.answers(id), `${paths.question(id, 'sample_one')}#question`]);
    expect(next.words('.fd-turn')).toMatch(/Yes or no\? No Change/);
    expect((await visitor.go(next.url)).question).toBe('sample_one');
  });

  it('has one effect, however often the form is sent', async () => {
    const opened = await open();
    const { visitor, page } = opened;
    const twice = await Promise.all([
      answer(visitor, page, 'no'),
      answer(visitor, page, 'no'),
      answer(visitor, page, 'no'),
    ]);
    expect(twice.map((next) => next.question)).toEqual(['sample_one', 'sample_one', 'sample_one']);
    expect(await answersKept(opened)).toEqual([['sample_yes', 'no']]);
    const [next] = twice;
    await answer(visitor, next as Page, 'red');
    const resent = await answer(visitor, page, 'no');
    expect(resent.question).toBe('sample_several');
    expect(await answersKept(opened)).toHaveLength(2);
  });

  it('to the last question, sent twice, leads to the result both times', async () => {
    const opened = await openAt('sample_long');
    const twice = await Promise.all(['done', 'done'].map((text) => answer(opened.visitor, opened.page, text)));
    expect(twice.map((page) => page.end)).toEqual(['sample_other', 'sample_other']);
    expect(await answersKept(opened)).toHaveLength(7);
  });

  it('to a question that is not asked yet changes nothing, and redirects to the open one', async () => {
    const opened = await open();
    const { visitor, page, id } = opened;
    const token = page.questionForm.sends.get('token') ?? '';
    for (const question of ['sample_one', 'sample_long', 'no_such_question', '__proto__', 'constructor', '']) {
      const refused = await visitor.post(paths.answers(id), { token, question, seen: 0, [question]: 'red' });
      expect([question, refused.status, refused.heading]).toEqual([question, 409, 'That question is not open']);
      expect(refused.all('main a').map((link) => attribute(link, 'href'))).toContain(paths.consultation(id));
      expect(refused.words('.fd-urgent')).toContain('0161 496 0000');
    }
    expect(await answersKept(opened)).toEqual([]);
  });

  it('cannot get around the order with odd entry numbers', async () => {
    const opened = await open();
    const { visitor, page, id } = opened;
    await answer(visitor, page, 'no');
    const token = page.questionForm.sends.get('token') ?? '';
    for (const seen of ['-1', '999', 'x', '', '1e9', '2.5', 'Infinity']) {
      const refused = await visitor.post(paths.answers(id), { token, question: 'sample_yes', seen, sample_yes: 'yes' });
      expect([seen, refused.status]).toEqual([seen, 409]);
    }
    expect(await answersKept(opened)).toEqual([['sample_yes', 'no']]);
  });
});

describe('the address of a question', () => {
  it('shows an answered one to be changed, and otherwise redirects to the open one', async () => {
    const { visitor, page, id } = await open();
    await answer(visitor, page, 'no');
    const changing = await visitor.go(paths.question(id, 'sample_yes'));
    expect(changing.question).toBe('sample_yes');
    expect(changing.text).toContain('You are changing an earlier answer');
    expect(changing.questionForm.sends.getAll('sample_yes')).toEqual(['no']);
    for (const other of ['sample_long', 'nothing', '__proto__', '%00'])
      expect((await visitor.go(`${paths.consultation(id)}/questions/${other}`)).question).toBe('sample_one');
  });

  it('redirects to the result if nothing is open, and the result redirects back if something is', async () => {
    const { visitor, page, id } = await open();
    expect((await visitor.go(paths.result(id))).question).toBe('sample_yes');
    const end = await walkOn(visitor, page, STORY);
    expect((await visitor.go(paths.consultation(id))).url).toBe(end.url);
  });
});

describe('with htmx', () => {
  it('an answer returns the next question, the answered turn, the title and the live line, and no page', async () => {
    const { visitor, page, id } = await open();
    const part = await answer(visitor, page, 'no', HTMX);
    expect(part.find('[data-hx-swap-oob="true"] #turns')).toBeDefined();
    expect(part.status).toBe(200);
    expect(part.way).toHaveLength(1);
    expect(part.html).not.toMatch(/<!doctype|<html|<body|<main/);
    expect(part.headers.get('HX-Push-Url')).toBe(paths.question(id, 'sample_one'));
    expect(part.title).toBe('Question 2 – Front Door, Sampleton');
    expect(part.question).toBe('sample_one');
    expect(part.all('li.fd-turn').map(wordsOf)).toEqual([expect.stringMatching(/Yes or no\? No/)]);
    expect(part.words('#live')).toBe('Your answer is saved. Question added: number 2.');
    const next = await answer(visitor, part, 'red', HTMX);
    expect(attribute(next.find('ol'), 'data-hx-swap-oob')).toBe('beforeend:#turns');
    expect(next.all('li.fd-turn').map(wordsOf)).toEqual([expect.stringMatching(/Which one\? Red/)]);
    expect(next.words('#so-far')).toBe('Your answers so far: 2');
  });

  it('the same answers have the same result as without it', async () => {
    const [withHtmx, without] = [await open(), await open()];
    let page = withHtmx.page;
    for (const given of Object.values(STORY)) page = await answer(withHtmx.visitor, page, given, HTMX);
    expect(page.headers.get('HX-Redirect')).toBe(paths.result(withHtmx.id));
    await walkOn(without.visitor, without.page, STORY);
    expect(await answersKept(withHtmx)).toEqual(await answersKept(without));
  });

  it('a refused answer returns the question with the error, and no turn', async () => {
    const { visitor, page } = await open();
    const part = await force(visitor, page, [], HTMX);
    expect(part.status).toBe(422);
    expect(part.title).toMatch(/^Error: Question 1/);
    expect(part.errors).toHaveLength(1);
    expect(part.question).toBe('sample_yes');
    expect(part.all('li.fd-turn')).toHaveLength(0);
    expect(part.html).not.toContain('Your answer is saved');
  });

  it('a changed answer returns the whole transcript in place of the old one', async () => {
    const { visitor, page, id } = await open();
    const story = Object.fromEntries(Object.entries(STORY).slice(0, 3));
    await walkOn(visitor, page, story);
    const part = await answer(visitor, await visitor.go(paths.question(id, 'sample_one')), 'blue', HTMX);
    expect(part.find('[data-hx-swap-oob="true"] #turns')).toBeDefined();
    expect(part.all('li.fd-turn').map(wordsOf)).toEqual([
      expect.stringContaining('Yes or no? No'),
      expect.stringContaining('Which one? Blue'),
      expect.stringContaining('Which of these? None of these'),
    ]);
    expect(part.question).toBe('sample_number');
  });

  it('an answer that is sent again adds no second turn', async () => {
    const { visitor, page } = await open();
    await answer(visitor, page, 'no', HTMX);
    const again = await answer(visitor, page, 'no', HTMX);
    expect(again.find('[data-hx-swap-oob="true"] #turns')).toBeDefined();
    expect(again.all('li.fd-turn')).toHaveLength(1);
  });
});
