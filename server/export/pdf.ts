import PDFDocument from 'pdfkit';
import type { ConsultationRecord } from '../consultation/record.ts';
import { toText } from './text.ts';

export async function toPdf(record: ConsultationRecord): Promise<Buffer> {
  const doc = new PDFDocument({ size: 'A4' });
  doc.fontSize(9).text(toText(record));
  doc.end();
  const chunks: Buffer[] = [];
  for await (const chunk of doc) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
