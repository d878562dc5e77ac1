/** The record of one consultation as a file: PDF, text or JSON, including the desk's part. */

import type { Context } from 'hono';
import { attachProof, digestOfFile } from '../../audit/export-proof.ts';
import { localDay } from '../../base/days.ts';
import { getFormat, type RecordFormat } from '../../base/record-formats.ts';
import type { Consultation } from '../../consultation/consultation.ts';
import type { Who } from '../../consultation/desk-happening.ts';
import { createResultKeeper } from '../../consultation/kept-results.ts';
import { type ConsultationRecord, createRecord } from '../../consultation/record.ts';
import { readDeskCase, workOf } from '../../desk/desk-case.ts';
import { makeDocument } from '../../export/document-queue.ts';
import { toJson } from '../../export/json.ts';
import { toText } from '../../export/text.ts';
import { fieldsFor } from '../../flow/desk.ts';
import type { Flow } from '../../flow/flow.ts';
import type { Position } from '../../flow/walk/walk.ts';
import type { FileMade } from '../../store/proofs.ts';
import { type Env, type Services, today } from './services.ts';

interface Replayed {
  consultation: Consultation;
  flow: Flow;
  position: Position;
}

const describeOnce = createResultKeeper();

/** Undefined until the questions are finished. */
export function resultOf(services: Services, { consultation, flow, position }: Replayed) {
  if (position.at.kind !== 'end') return undefined;
  const days = { opened: localDay(consultation.openedAt), today: today(services) };
  return describeOnce({ flow, position, answers: consultation.answers }, days);
}

export async function recordOf(services: Services, replayed: Replayed): Promise<ConsultationRecord> {
  const { consultation, flow, position } = replayed;
  const deskCase = readDeskCase(consultation.entries);
  const desk = services.library.areas.get(consultation.area)?.desk;
  const fields = desk === undefined ? [] : fieldsFor(desk, consultation.flow, position.standing.level);
  return createRecord({
    consultation,
    flow,
    position,
    result: resultOf(services, replayed),
    printedAt: services.clock().toISOString(),
    head: await newestHead(services),
    desk: deskCase && { work: workOf(deskCase), fields },
  });
}

/** If the file of checkpoints cannot be written, the export uses the last checkpoint that was written. */
async function newestHead({ store: { checkpoints: heads }, log }: Services) {
  return heads.write().catch((error: unknown) => {
    log.error('the head of the log was not written', { problem: String(error) });
    return heads.newest();
  });
}

type File = string | Uint8Array<ArrayBuffer>;

const WRITERS: Record<RecordFormat, (record: ConsultationRecord) => File | Promise<File>> = {
  pdf: (record) => makeDocument({ record }),
  txt: toText,
  json: (record) => JSON.stringify(toJson(record), undefined, 2),
};

interface RecordFile {
  /** Id of the consultation. */
  id: string;
  record: ConsultationRecord;
  format: RecordFormat;
  /** The person who gets the file. */
  who: Who;
}

export async function sendRecord(services: Services, c: Context<Env>, { id, record, format, who }: RecordFile) {
  const file = await WRITERS[format](record);
  const entries = format === 'json' ? record.history.map(({ number }) => number) : [];
  const digest = digestOfFile(file);
  const proof = await proveFile(services, { who, area: record.area.id, consultation: id, digest, entries });
  const name = `front-door-${record.reference.replaceAll(' ', '')}.${format}`;
  return c.body(proof === undefined ? file : attachProof(file, proof, getFormat(format).proof), 200, {
    'Content-Type': getFormat(format).contentType,
    'Content-Disposition': `attachment; filename="${name}"`,
  });
}

/** If the export cannot be logged or signed, the file is sent without proof, since somebody needs it. */
async function proveFile({ store, log }: Services, made: FileMade) {
  return store.proofs.prove(made).catch((error: unknown) => {
    log.error('a file was sent without its proof', { problem: String(error) });
    return undefined;
  });
}
