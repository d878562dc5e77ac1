/** The questions as a form on paper: all of them, with every answer and every end. */
import { describe, expect, it } from 'vitest';
import { describeDay } from '../../../server/base/days.ts';
import { paths } from '../../../server/base/paths.ts';
import type { Flow } from '../../../server/flow/flow.ts';
import { versionOf } from '../../../server/flow/language/version.ts';
import { someOf } from '../../short-form.ts';
import { openApp, realLibrary, TODAY } from '../app.ts';
import { attribute, wordsOf } from '../page.ts';

const flows = [...realLibrary.areas].flatMap(([area, { flows }]) =>
  [...flows.values()].map((flow) => ({ area, flow })),
);
const plain = (text: string) => text.replace(/\s+/g, ' ').trim();

describe('a flow on paper', () => {
  it('is linked from the flow, and says that it is not a referral, with its version and day', async () => {
    const visitor = (await openApp()).visit();
    const links = (await visitor.go(paths.flow('bury', 'level'))).all('a').map((link) => attribute(link, 'href'));
    expect(links).toContain(paths.flowPaper('bury', 'level'));
    const page = await visitor.go(paths.flowPaper('bury', 'level'));
    expect(page.words('.fd-untold__title')).toBe('This is no referral, and tells nobody');
    expect(page.text).toContain('Call 999 and do not fill this in');
    const version = versionOf(realLibrary.areas.get('bury')?.flows.get('level') as Flow);
    const unsaid = [version, `printed ${describeDay(TODAY)}`].filter((words) => !page.text.includes(words));
    expect(unsaid).toEqual([]);
    expect((await visitor.go(paths.flowPaper('bury', 'nothing'))).status).toBe(404);
  });

  it('has a box for each answer, “I don’t know” at each question, and every end with its time, in every flow', async () => {
    const visitor = (await openApp()).visit();
    expect(flows.length).toBeGreaterThan(80);
    for (const { area, flow } of someOf(flows, 8)) {
      const page = await visitor.go(paths.flowPaper(area, flow.id));
      const name = `${area}/${flow.id}`;
      expect(page.status, name).toBe(200);
      const boxes = page
        .all('li')
        .filter((item) => item.querySelector('.fd-by-hand__box') !== null)
        .map(wordsOf);
      const asked = Object.values(flow.parts).flatMap(({ steps }) => steps.filter((step) => step.kind === 'ask'));
      const options = asked.flatMap(({ question }) => flow.questions[question]?.options ?? []);
      const missing = options.filter(({ text }) => !boxes.some((words) => words.startsWith(plain(text))));
      expect(
        missing.map(({ text }) => text),
        name,
      ).toEqual([]);
      expect(boxes.filter((words) => words.startsWith('I don’t know')).length, name).toBe(asked.length);
      const ends = Object.values(flow.parts).flatMap(({ steps }) => steps.filter((step) => step.kind === 'end'));
      const text = plain(page.text);
      expect(
        ends.filter(({ action }) => !text.includes(`End: ${plain(action)}`)).map(({ id }) => id),
        name,
      ).toEqual([]);
      expect(text, name).not.toMatch(/undefined|\[object/);
    }
  }, 120_000);

  it('lists the front door and the night number first', async () => {
    const page = await (await openApp()).visit().go(paths.flowPaper('bury', 'level'));
    const [first, second] = page.all('.fd-by-hand__numbers li').map(wordsOf);
    expect(first).toContain('0161 253 5678');
    expect(second).toContain('Evenings, nights and weekends');
  });
});
