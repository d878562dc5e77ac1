/** The interface for case systems: JSON over HTTP, described at `/api/v1/openapi.json`. */
import { Hono } from 'hono';
import { LARGEST_BODY } from '../../base/largest-body.ts';
import { paths } from '../../base/paths.ts';
import { reportCaseNumber, reportDecision } from '../../desk/case-system.ts';
import { OutcomeUnknown, StoreUnavailable } from '../../store/failure.ts';
import { WebProblem } from '../kit/problem.ts';
import { nowOf, type Services } from '../kit/services.ts';
import { type ApiEnv, createAllow } from './client.ts';
import { createOpenApi } from './openapi.ts';
import { ApiProblem, describeProblem, sendProblem } from './problem.ts';
import { listConsultations, sendRecord } from './read.ts';
import { CASE_NUMBER, DECISION } from './schemas.ts';
import { openConsultation, report } from './write.ts';

const REFERENCE = ':reference';
const UNKNOWN =
  'It is not known whether this was saved. Send it again later with the same Idempotency-Key, or look at the record first';

/** Generated when it is first requested, because converting the schemas takes a tenth of a start. */
let description: string | undefined;

function describeApi(): string {
  description ??= JSON.stringify(createOpenApi());
  return description;
}

export function api(services: Services): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  const allow = createAllow(services);
  app.get(paths.openApi(), (c) => c.body(describeApi(), 200, { 'Content-Type': 'application/json' }));
  app.get(paths.apiConsultations(), allow('consultations.list'), (c) => listConsultations(services, c));
  app.post(paths.apiConsultations(), allow('consultation.open'), (c) => openConsultation(services, c));
  const read = allow('consultation.read');
  app.get(paths.apiConsultation(REFERENCE), read, (c) => sendRecord(services, c, (record) => record));
  app.get(paths.apiPart(REFERENCE, 'assessment'), read, (c) =>
    sendRecord(services, c, ({ reference, guidance, openQuestion, answers, advisedSoFar, advised }) => {
      return { reference, guidance, openQuestion, answers, advisedSoFar, advised };
    }),
  );
  app.get(paths.apiPart(REFERENCE, 'chronology'), read, (c) =>
    sendRecord(services, c, ({ reference, entries }) => ({ reference, entries })),
  );
  app.put(paths.apiPart(REFERENCE, 'case-number'), allow('case number.report'), (c) =>
    report(services, c, CASE_NUMBER, (entries, { caseNumber }) => reportCaseNumber(entries, caseNumber)),
  );
  app.post(paths.apiPart(REFERENCE, 'decisions'), allow('decision.report'), (c) =>
    report(services, c, DECISION, (entries, decided) => reportDecision(entries, decided, nowOf(services))),
  );
  answerProblems(app, services);
  return app;
}

function answerProblems(app: Hono<ApiEnv>, { log }: Services): void {
  app.all('/api/*', (c) => {
    throw new ApiProblem(
      'not-found',
      `${c.req.method} ${c.req.path} is no call of this interface. See ${paths.openApi()}`,
    );
  });
  app.onError((error, c) => {
    const request = c.get('requestId');
    if (error instanceof ApiProblem)
      return sendProblem(c, describeProblem(error.kind, error.message, request), error.headers);
    if (error instanceof WebProblem && error.problem === 'too large') {
      const detail = `The body has more than ${LARGEST_BODY} bytes. Nothing was saved; send less`;
      return sendProblem(c, describeProblem('too-large', detail, request));
    }
    if (error instanceof StoreUnavailable) {
      log.error('the database cannot be used', { problem: error.message, request });
      const again = { 'Retry-After': '30' };
      const outcome = error instanceof OutcomeUnknown ? UNKNOWN : 'Nothing was saved. Send it again later';
      return sendProblem(c, describeProblem('not-available', outcome, request), again);
    }
    log.error('unexpected error', {
      request,
      method: c.req.method,
      route: c.req.routePath,
      stack: error.stack ?? error.message,
    });
    return sendProblem(c, describeProblem('ours', `Tell whoever runs Front Door, and quote ${request}`, request));
  });
}
