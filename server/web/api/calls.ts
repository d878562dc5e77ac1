/**
 * The calls of the interface: the name of each, its input and output, and the problems it can return. `api.ts` carries
 * them out.
 */
import type { z } from 'zod';
import { paths } from '../../base/paths.ts';
import type { ClientAction } from '../../people/client.ts';
import type { ApiProblemKind } from './problem.ts';
import {
  ASSESSMENT,
  CASE_NUMBER,
  CHRONOLOGY,
  CONSULTATIONS,
  DECISION,
  LIST_QUERY,
  OPENING,
  RECORD,
  WRITTEN,
} from './schemas.ts';

export interface ApiCall {
  action: ClientAction;
  /** Distinguishes calls of the same action. */
  part?: string;
  method: 'get' | 'post' | 'put';
  /** In the form that OpenAPI uses. */
  path: string;
  summary: string;
  query?: z.ZodType;
  body?: z.ZodType;
  status: 200 | 201;
  answer: z.ZodType;
  problems: readonly ApiProblemKind[];
  /** Answers with an ETag, or with 304 if the client has that version already. */
  conditional?: boolean;
  /** The client has to say which state it starts from. */
  ifMatch?: boolean;
  idempotent?: boolean;
}

const WRITES = ['conflict', 'too-large', 'wrong-type', 'invalid', 'key-used', 'under-way'] as const;
const REFERENCE = '{reference}';

export const CALLS = [
  {
    action: 'consultations.list',
    method: 'get',
    path: paths.apiConsultations(),
    summary: 'Consultations that the desk was asked about and in which something is new, the earliest first',
    query: LIST_QUERY,
    status: 200,
    answer: CONSULTATIONS,
    problems: ['invalid'],
  },
  {
    action: 'consultation.open',
    method: 'post',
    path: paths.apiConsultations(),
    summary: 'Opens a consultation with what is known, and asks the duty desk. It is not a referral',
    body: OPENING,
    status: 201,
    answer: WRITTEN,
    problems: WRITES,
    idempotent: true,
  },
  {
    action: 'consultation.read',
    method: 'get',
    path: paths.apiConsultation(REFERENCE),
    summary: 'The whole record',
    status: 200,
    answer: RECORD,
    problems: ['not-found'],
    conditional: true,
  },
  {
    action: 'consultation.read',
    part: 'Assessment',
    method: 'get',
    path: paths.apiPart(REFERENCE, 'assessment'),
    summary: 'What was asked and answered, and what the guidance advises',
    status: 200,
    answer: ASSESSMENT,
    problems: ['not-found'],
    conditional: true,
  },
  {
    action: 'consultation.read',
    part: 'Chronology',
    method: 'get',
    path: paths.apiPart(REFERENCE, 'chronology'),
    summary: 'What happened, who wrote it and when',
    status: 200,
    answer: CHRONOLOGY,
    problems: ['not-found'],
    conditional: true,
  },
  {
    action: 'case number.report',
    method: 'put',
    path: paths.apiPart(REFERENCE, 'case-number'),
    summary: 'The number that the case system has given it',
    body: CASE_NUMBER,
    status: 200,
    answer: WRITTEN,
    problems: ['not-found', 'changed-meanwhile', 'no-condition', ...WRITES],
    ifMatch: true,
    idempotent: true,
  },
  {
    action: 'decision.report',
    method: 'post',
    path: paths.apiPart(REFERENCE, 'decisions'),
    summary: 'What was decided about it in the case system. The outcome of the desk stays as it is',
    body: DECISION,
    status: 200,
    answer: WRITTEN,
    problems: ['not-found', 'changed-meanwhile', 'no-condition', ...WRITES],
    ifMatch: true,
    idempotent: true,
  },
] as const satisfies readonly ApiCall[];
