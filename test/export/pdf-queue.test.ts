import { expect, it } from 'vitest';
import { createPdfQueue, TooManyPdfs } from '../../server/export/pdf-queue.ts';
import { readPdf } from './read-pdf.ts';
import { ANSWERS, makeRecord } from './sample.ts';

const note = (text: string) => makeRecord([...ANSWERS, { kind: 'noted', text }]);

it('makes PDFs in another thread, in turn, and refuses what is too much at once; the thread here goes on', async () => {
  const toPdf = createPdfQueue(3);
  let turns = 0;
  const counting = setInterval(() => turns++, 5);
  const wanted = ['first', 'second', 'third', 'fourth', 'fifth'].map((word) => toPdf(note(word)));
  const answers = await Promise.allSettled(wanted);
  clearInterval(counting);
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'fulfilled', 'rejected']);
  const [, second, , , fifth] = answers;
  if (second?.status === 'fulfilled')
    expect(
      readPdf(Buffer.from(second.value))
        .pages.map(({ text }) => text)
        .join(),
    ).toContain('second');
  expect(fifth?.status === 'rejected' && fifth.reason).toBeInstanceOf(TooManyPdfs);
  // Made here, each would have kept this thread for a hundred times as long as one of these turns.
  expect(turns).toBeGreaterThan(10);
});

it('goes on after a record that cannot be made', async () => {
  const toPdf = createPdfQueue();
  await expect(toPdf({} as never)).rejects.toThrow();
  expect((await toPdf(note('after it'))).length).toBeGreaterThan(1000);
});
