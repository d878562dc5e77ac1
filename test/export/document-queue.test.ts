import { expect, it } from 'vitest';
import { createDocumentQueue, TooManyDocuments } from '../../server/export/document-queue.ts';
import { readPdf } from './read-pdf.ts';
import { ANSWERS, makeRecord } from './sample.ts';

const note = (text: string) => makeRecord([...ANSWERS, { kind: 'noted', text }]);

it('makes PDFs in another thread, one after the other, refuses too many at once, and does not block this thread', async () => {
  const makeDocument = createDocumentQueue(3);
  let turns = 0;
  const counting = setInterval(() => turns++, 5);
  const wanted = ['first', 'second', 'third', 'fourth', 'fifth'].map((word) => makeDocument({ record: note(word) }));
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
  expect(fifth?.status === 'rejected' && fifth.reason).toBeInstanceOf(TooManyDocuments);
  // Made in this thread, each file would have blocked it for a hundred times as long as one of these turns.
  expect(turns).toBeGreaterThan(10);
});

it('continues after a record that cannot be made', async () => {
  const makeDocument = createDocumentQueue();
  await expect(makeDocument({ record: {} as never })).rejects.toThrow();
  expect((await makeDocument({ record: note('after it') })).length).toBeGreaterThan(1000);
});
