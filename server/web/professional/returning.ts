/** Coming back to a consultation with its reference and its return code. */

import { type Context, Hono } from 'hono';
import { renderPage } from '../../../views/kit/render.ts';
import { ReturnPage } from '../../../views/professional/return.tsx';
import { paths } from '../../base/paths.ts';
import { hashCode, parseCode } from '../../consultation/code.ts';
import { parseReference } from '../../consultation/reference.ts';
import { clientAddress } from '../kit/client-address.ts';
import { readForm } from '../kit/form.ts';
import type { Env, Services } from '../kit/services.ts';

const WRONG = 'That reference and code do not belong together, or the code has been replaced. Check both';
const EXPIRED = 'That code has run out. Telephone the front door and give your reference, or begin again';

export function returning(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  app.get(paths.return(), (c) => c.html(renderPage(ReturnPage({ page: c.get('page') }))));
  app.post(paths.return(), async (c) => comeBack(services, c, await readForm(c)));
  return app;
}

async function comeBack(services: Services, c: Context<Env>, form: URLSearchParams) {
  const typed = { reference: form.get('reference') ?? '', code: form.get('code') ?? '' };
  const show = (field: 'reference' | 'code', error: string, status: 422 | 429 | 410) => {
    const values = { reference: typed.reference };
    return c.html(renderPage(ReturnPage({ page: c.get('page'), values, errors: { [field]: error } })), status);
  };
  const reference = parseReference(typed.reference);
  if (reference === undefined)
    return show('reference', 'That is no reference. It has a letter and nine digits, such as B 48 29 17 35 2', 422);
  const answer = await services.store.codes.use({
    reference,
    hash: hashCode(parseCode(typed.code) ?? ''),
    address: clientAddress(services, c),
    tokenHash: c.get('tokenHash'),
  });
  if (answer.right) return c.redirect(paths.consultation(answer.consultation), 303);
  if (answer.why === 'wait')
    return show('code', `There were too many wrong codes. Wait ${answer.minutes} minutes, then try again`, 429);
  return answer.why === 'expired' ? show('code', EXPIRED, 410) : show('code', WRONG, 422);
}
