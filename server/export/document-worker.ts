/** The thread that makes files for `document-queue.ts`, one after the other. */
import { parentPort } from 'node:worker_threads';
import type { DocumentWanted } from './document-queue.ts';
import { handoverSheetToDocx } from './handover-sheet-docx.ts';
import { drawPdf, toPdf } from './pdf.ts';

function make(wanted: DocumentWanted): Promise<Buffer> {
  if ('record' in wanted) return toPdf(wanted.record);
  return 'handoverSheetForWord' in wanted
    ? handoverSheetToDocx(wanted.handoverSheetForWord)
    : drawPdf(wanted.frame, wanted.sections);
}

parentPort?.on('message', async (wanted: DocumentWanted) => {
  try {
    const file = new Uint8Array(await make(wanted));
    parentPort?.postMessage({ file }, [file.buffer]);
  } catch (error) {
    parentPort?.postMessage({ problem: (error as Error).stack ?? String(error) });
  }
});
