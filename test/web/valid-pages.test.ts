/** Every page of real walks: valid HTML, one main heading, headings in order, nothing inline, and each id once. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HtmlValidate } from 'html-validate';
import { describe, expect, it } from 'vitest';
import { paths } from '../../server/base/paths.ts';
import { isShort, someOf } from '../short-form.ts';
import { contentFiles, openApp, readLibrary, realLibrary } from './app.ts';
import { everyTypeFiles } from './every-type.ts';
import { attribute, type Page, wordsOf } from './page.ts';
import { classesWithoutStyle } from './styles-of.ts';
import { answer, givenIn, idOf, jumpToResult, openDoor, type Story } from './walking.ts';

const config = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', '.htmlvalidate.json'), 'utf8'));
const validator = new HtmlValidate(config);

async function problemsOf(page: Page): Promise<string[]> {
  const { results } = await validator.validateString(page.html, 'page.html');
  const found = results
    .flatMap(({ messages }) => messages)
    .map(({ ruleId, message, selector }) => `${ruleId}: ${message} (${selector})`);
  const bare = classesWithoutStyle(page.html).map((name) => `no style is loaded for ${name}`);
  return [...found, ...headingProblems(page), ...inlineProblems(page), ...linkProblems(page), ...bare];
}

function headingProblems(page: Page): string[] {
  const levels = page.all('h1, h2, h3, h4, h5, h6').map((heading) => Number(heading.tagName.slice(1)));
  const ones = levels.filter((level) => level === 1).length;
  const jumps = levels.filter((level, index) => index > 0 && level > (levels[index - 1] ?? 0) + 1);
  return [
    ...(ones === 1 ? [] : [`${ones} main headings`]),
    ...jumps.map((level) => `a heading jumps to level ${level}`),
  ];
}

function inlineProblems(page: Page): string[] {
  const inline = /<style|<script(?![^>]*\ssrc=)|\sstyle=|\son\w+=|javascript:/i.exec(page.html);
  return inline === null ? [] : [`inline: ${page.html.slice(inline.index, inline.index + 80)}`];
}

/** Links within the page have to lead to something that exists. */
function linkProblems(page: Page): string[] {
  const ids = new Set(page.all('[id]').map((element) => attribute(element, 'id')));
  const links = page.all('a').map((link) => attribute(link, 'href') ?? '');
  return links.filter((href) => href.startsWith('#') && !ids.has(href.slice(1))).map((href) => `nothing is at ${href}`);
}

async function expectValid(page: Page): Promise<void> {
  expect({ url: page.url, problems: await problemsOf(page) }).toEqual({ url: page.url, problems: [] });
}

/** Every nth of an area's worked cases: id, flow and answers. */
function someStories(area: string, every: number): [string, string, Story][] {
  const cases = [...(realLibrary.areas.get(area)?.cases ?? [])].filter(([, { flow }]) =>
    realLibrary.areas.get(area)?.doors.some((door) => door.flow === flow && door.reader === 'professional'),
  );
  return someOf(
    cases.filter((_, index) => index % every === 0),
    8,
  ).map(([id, { flow, answers }]) => [id, flow, answers as Story]);
}

describe('valid', () => {
  it('pages that always work', async () => {
    const visitor = (await openApp()).visit();
    const found = await visitor.send((await visitor.go(paths.search())).form(paths.search()), { words: 'missing' });
    const none = await visitor.send((await visitor.go(paths.search())).form(paths.search()), { words: 'qqqq' });
    const pages = [
      paths.start(),
      paths.area('bury'),
      paths.area('bolton'),
      paths.area('stockport'),
      paths.area('national'),
      paths.contacts(),
      paths.privacy(),
      paths.accessibility(),
      paths.about(),
      paths.posters(),
      paths.postersIn('ur'),
      paths.return(),
      paths.talkFor('public'),
      paths.talkFor('child'),
      '/nowhere',
    ];
    for (const page of [found, none, ...(await Promise.all(someOf(pages, 3).map((path) => visitor.go(path))))])
      await expectValid(page);
  });

  it.each(
    someOf(
      [
        ['bury', 80],
        ['bolton', 45],
        ['stockport', 60],
      ] as const,
      3,
    ),
  )('each question on the way through some cases of %s, their results, records and maps', async (area, every) => {
    const { visit } = await openApp();
    const seen = new Set<string>();
    for (const [, flow, story] of someStories(area, every)) {
      const visitor = visit();
      let page = await openDoor(visitor, area, flow);
      while (page.question !== undefined) {
        if (!seen.has(page.question)) await expectValid(page);
        seen.add(page.question);
        const given = givenIn(story, page.question);
        // Without this, a question that the story leaves out would be asked for ever.
        if (given === undefined) throw new Error(`the case of ${flow} does not answer ${page.question}`);
        page = await answer(visitor, page, given);
      }
      const id = idOf(page);
      const addresses = [
        paths.result(id),
        paths.record(id),
        paths.map(id),
        paths.handoverSheetCopy(id),
        paths.handoverSheet(id),
      ];
      for (const path of addresses) await expectValid(await visitor.go(path));
    }
    expect(seen.size).toBeGreaterThan(isShort ? 1 : 5);
  });

  it('results of many ends', async () => {
    const opened = await openApp();
    const ends = new Set<string>();
    for (const area of ['bury', 'bolton', 'stockport'])
      for (const [id] of someStories(area, isShort ? 16 : 8)) {
        const story = realLibrary.areas.get(area)?.cases.get(id);
        const end = [story?.must?.end].flat()[0];
        if (end === undefined || ends.has(`${area}/${end}`)) continue;
        ends.add(`${area}/${end}`);
        const visitor = opened.visit();
        const page = await visitor.go(paths.result(await jumpToResult(opened, visitor, area, id)));
        await expectValid(page);
        expect(page.all('h2').map(wordsOf)).toContain('Whom to contact');
      }
    expect(ends.size).toBeGreaterThan(isShort ? 1 : 15);
  }, 120_000);

  it('every type of question, asked, refused, answered and changed', async () => {
    const { visit } = await openApp({ library: readLibrary([...contentFiles, ...everyTypeFiles]) });
    const visitor = visit();
    let page = await openDoor(visitor, 'sampleton', 'every_type');
    const given: Story = {
      sample_yes: 'no',
      sample_one: 'blue',
      sample_several: ['sun', 'unknown'],
      sample_number: 4,
      sample_date: '1 11 2026',
      sample_short: '<b>short</b>',
      sample_long: 'long',
    };
    for (const [question, value] of Object.entries(given)) {
      await expectValid(page);
      if (!isShort) await expectValid(await answer(visitor, page, []));
      page = await answer(visitor, page, value);
      if (!isShort) await expectValid(await visitor.go(paths.question(idOf(page), question)));
    }
    await expectValid(page);
  });

  it('problems: conflict, out of step, refused record, code shown, wrong code', async () => {
    const { visit } = await openApp();
    const visitor = visit();
    const first = await openDoor(visitor, 'bury', 'level');
    const id = idOf(first);
    await answer(visitor, first, 'no');
    const token = first.questionForm.sends.get('token') ?? '';
    const record = await visitor.go(paths.record(id));
    const back = await visitor.go(paths.return());
    const pages = [
      await answer(visitor, first, 'yes'),
      await visitor.post(paths.answers(id), { token, question: 'nothing' }),
      await visitor.post(paths.answers(id), {}),
      await visitor.send(record.form(paths.addition(id, 'decisions'))),
      await visitor.send(record.form(paths.codes(id))),
      await visitor.send(back.form(paths.return()), { reference: 'x', code: 'y' }),
      await visitor.go(paths.map(id)),
    ];
    expect(pages.map(({ status }) => status)).toEqual([409, 409, 403, 422, 200, 422, 200]);
    for (const page of pages) await expectValid(page);
  });

  it('conversations of the public and of children', async () => {
    const { visit } = await openApp();
    for (const reader of ['public', 'child'] as const) {
      const cases = [...(realLibrary.areas.get('national')?.cases ?? [])].filter(([, { flow }]) => flow === reader);
      for (const [, { answers }] of someOf(
        cases.filter((_, index) => index % 6 === 0),
        8,
      )) {
        const visitor = visit();
        let page = await visitor.send((await visitor.go(paths.talkFor(reader))).form(paths.talk()), { anew: 'yes' });
        while (page.question !== undefined) {
          await expectValid(page);
          page = await answer(visitor, page, (answers as Story)[page.question] ?? []);
        }
        await expectValid(page);
      }
    }
  });

  it('the drawings of flows', async () => {
    const visitor = (await openApp()).visit();
    const drawings = [
      paths.flow('national', 'child'),
      paths.floor(),
      paths.flow('bury', 'level'),
      paths.flows(),
      paths.flowCompare('bury', 'level'),
    ];
    for (const path of someOf(drawings, 5)) await expectValid(await visitor.go(path));
  });

  it('an invalid page would be noticed', async () => {
    const page = await (await openApp()).visit().go(paths.about());
    const planted = [
      ['</main>', '<p style="color: red">x</p></main>'],
      ['</main>', '<h4>x</h4></main>'],
      ['</main>', '<h1>x</h1></main>'],
      ['</main>', '<a href="#nowhere">x</a></main>'],
      ['</main>', '<script>x</script></main>'],
      ['</main>', '<ul><p>x</p></ul></main>'],
      ['</main>', '<p id="main">x</p></main>'],
      ['</main>', '<img src="data:,"/></main>'],
    ] as const;
    for (const [from, to] of planted) {
      const broken = Object.assign(Object.create(Object.getPrototypeOf(page)), page, {
        html: page.html.replace(from, to),
        parsed: undefined,
      });
      expect((await problemsOf(broken)).length, to).toBeGreaterThan(0);
    }
    expect(await problemsOf(page)).toEqual([]);
  });
});
