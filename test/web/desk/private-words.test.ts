/** What is typed at the desk appears in no title, no URL and no line of the server's log. */
import { expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import { readRoutes } from '../../../server/web/kit/allow.ts';
import { beginConsultation } from '../begin-consultation.ts';
import { openDeskApp } from '../people/desk-app.ts';

const MARK = 'Zebedee';

it('typed text is on the pages, and not in their titles, URLs or the log', async () => {
  const world = await openDeskApp();
  const professional = world.openBrowser();
  const { id } = await beginConsultation(professional);
  const asked = { question: `Is ${MARK} safe?`, reach: MARK, name: MARK, agency: MARK };
  await professional.post(paths.handovers(id), asked, paths.handover(id));
  const worker = await world.openDesk('operational manager');
  const record = paths.deskRecord(id);
  const typed: [path: string, fields: Record<string, string>, page: string][] = [
    [paths.deskAction(id, 'claims'), {}, paths.desk()],
    [paths.deskAddition(id, 'child'), { known: 'yes', name: MARK }, record],
    [paths.deskAddition(id, 'notes'), { text: MARK }, record],
    [paths.deskAddition(id, 'tellings'), { spokeTo: MARK, when: MARK }, record],
    [paths.deskAction(id, 'disagreements'), { between: MARK, about: MARK }, record],
    [paths.deskAction(id, 'outcomes'), { outcome: MARK, decidedBy: MARK }, record],
    [paths.deskSearch(), { words: MARK, child: MARK }, paths.deskSearch()],
    [paths.drafts(), { 'draft-form': paths.deskAddition(id, 'notes'), 'draft-page': record, text: MARK }, record],
  ];
  const answers = [];
  for (const [path, fields, page] of typed) answers.push(await worker.post(path, fields, page));
  const pages = readRoutes(world.app)
    .named.filter(({ method, path }) => method === 'GET' && path.startsWith('/desk') && !/:(?!id\b)/.test(path))
    .map(({ path }) => path.replace(':id', id));
  for (const path of [...pages, paths.drafts()]) answers.push(await worker.get(path));
  expect(answers.filter(({ text }) => text.includes(MARK)).length).toBeGreaterThan(8);
  for (const { text, location } of answers) {
    const addresses = [...text.matchAll(/\s(?:href|action|formaction|src)="([^"]*)"/g)].map(([, address]) => address);
    const outside = [/<title>[^<]*/.exec(text)?.[0], location, ...addresses];
    expect(outside.filter((words) => words?.includes(MARK))).toEqual([]);
  }
  expect(world.logged.join()).not.toContain(MARK);
}, 120_000);
