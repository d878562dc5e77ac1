/** The record of one consultation as a file: PDF, text or JSON, with what the desk has made of it. */

import type { Context } from 'hono';
import { localDay } from '../../base/days.ts';
import { describeFormat, type RecordFormat } from '../../base/record-formats.ts';
import type { Consultation } from '../../consultation/consultation.ts';
import { type ConsultationRecord, createRecord } from '../../consultation/record.ts';
import { describeResult } from '../../consultation/result.ts';
import { readDeskCase } from '../../desk/desk-case.ts';
import { toJson } from '../../export/json.ts';
import { toText } from '../../export/text.ts';
import { fieldsFor } from '../../flow/desk.ts';
import type { Flow } from '../../flow/flow.ts';
import type { Position } from '../../flow/walk/walk.ts';
import { type Env, type Services, today } from './services.ts';

interface Replayed {
  consultation: Consultation;
  flow: Flow;
  position: Position;
}

/** Undefined before the end of the questions. */
export function resultOf(services: Services, { consultation, flow, position }: Replayed) {
  if (position.at.kind !== 'end') return undefined;
  const days = { opened: localDay(consultation.openedAt), today: today(services) };
  return describeResult({ flow, position, answers: consultation.answers }, days);
}

export async function recordOf(services: Services, replayed: Replayed): Promise<ConsultationRecord> {
  const { consultation, flow, position } = replayed;
  const work = readDeskCase(consultation.entries);
  const desk = services.library.areas.get(consultation.area)?.desk;
  const fields = desk === undefined ? [] : fieldsFor(desk, consultation.flow, position.standing.level);
  return createRecord({
    consultation,
    flow,
    position,
    result: resultOf(services, replayed),
    printedAt: services.clock().toISOString(),
    head: await newestHead(services),
    desk: work && { work, fields },
  });
}

/** If the file of checkpoints cannot be written, the export goes on with the last checkpoint that could. */
async function newestHead({ store: { checkpoints: heads }, log }: Services) {
  return heads.write().catch((error: unknown) => {
    log.error('the head of the log was not written', { problem: String(error) });
    return heads.newest();
  });
}

type File = string | Uint8Array<ArrayBuffer>;

const WRITERS: Record<RecordFormat, (record: ConsultationRecord) => File | Promise<File>> = {
  async pdf(record) {
    // Loaded on first use: it would take most of the start-up time.
    const { toPdf } = await import('../../export/pdf.ts');
    return new Uint8Array(await toPdf(record));
  },
  txt: toText,
  json: (record) => JSON.stringify(toJson(record), undefined, 2),
};

export async function sendRecord(c: Context<Env>, record: ConsultationRecord, format: RecordFormat) {
  const name = `front-door-${record.reference.replaceAll(' ', '')}.${format}`;
  return c.body(await WRITERS[format](record), 200, {
    'Content-Type': describeFormat(format).contentType,
    'Content-Disposition': `attachment; filename="${name}"`,
  });
}
