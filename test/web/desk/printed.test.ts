/** What the desk prints says who printed it and when, and contains what the forms on the screen contain. */
import { expect, it } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import { openDeskApp } from '../people/desk-app.ts';

it('prints the queue, the handover, the record and the questions of a call', async () => {
  const world = await openDeskApp();
  const worker = await world.openDesk('duty worker');
  const flow = { flow: 'level', reach: '0161 496 0001', back: 'yes' };
  const opened = await worker.post(paths.deskCalls(), flow, paths.deskCalls());
  const id = /\/desk\/consultations?\/([^/]+)/.exec(opened.location ?? '')?.[1] ?? '';
  const answers = { immediate_danger: 'yes', 'seen-immediate_danger': '0' };
  await worker.post(paths.deskAnswers(id), answers, paths.deskQuestions(id));
  await worker.post(paths.deskAddition(id, 'notes'), { text: 'He is in the car' }, paths.deskRecord(id));
  const pages = [paths.desk(), paths.deskHandover(), paths.deskRecord(id), paths.deskQuestions(id), paths.deskCopy(id)];
  for (const path of [...pages, paths.deskSearch(), paths.drafts()]) {
    const { text } = await worker.get(path);
    const [line = ''] = /<p class="fd-only-print">Printed[\s\S]*?<\/p>/.exec(text) ?? [];
    expect([path, line]).toEqual([path, expect.stringMatching(/by A duty worker, duty worker, 22 November 2026 at/)]);
  }
  const call = (await worker.get(paths.deskQuestions(id))).text;
  // Inside the part that a save replaces, so that it is never older than the page.
  const [, steps = ''] = call.split('<div id="steps">');
  const printed = (/<div class="fd-only-print" id="printed">[\s\S]*?<\/dl>/.exec(steps)?.[0] ?? '').replace(
    /<[^>]*>/g,
    ' ',
  );
  for (const words of ['In danger now', 'Advised so far: Call 999 now. At once', 'in danger right now? Yes'])
    expect(printed.replace(/\s+/g, ' ')).toContain(words);
  expect(call).toContain('He is in the car');
});
