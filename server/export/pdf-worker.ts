/** Makes PDFs in a thread of its own, one after the other, for `pdf-queue.ts`. */
import { parentPort } from 'node:worker_threads';
import type { ConsultationRecord } from '../consultation/record.ts';
import { toPdf } from './pdf.ts';

parentPort?.on('message', async (record: ConsultationRecord) => {
  try {
    const pdf = new Uint8Array(await toPdf(record));
    parentPort?.postMessage({ pdf }, [pdf.buffer]);
  } catch (error) {
    parentPort?.postMessage({ problem: (error as Error).stack ?? String(error) });
  }
});
