/**
 * Two people share a computer. A form from a page that was made for one of them is not carried out in the name of the
 * other, who is signed in now. It is saved for its writer. The person who is signed in may send it as their own, if
 * they may do that at all.
 */
import type { Context } from 'hono';
import { renderPage } from '../../../views/kit/render.ts';
import { PageOfAnother as Page } from '../../../views/site/page-of-another.tsx';
import { paths } from '../../base/paths.ts';
import type { Field } from '../../consultation/form-field.ts';
import { formFieldsOf } from '../../desk/form-fields.ts';
import { isAllowed } from '../../people/permissions.ts';
import { KEPT_HEADER, keepForWriter } from '../kit/drafts.ts';
import { readSent } from '../kit/form.ts';
import { linesOf } from '../kit/form-words.ts';
import { fieldsByAddress } from '../kit/known-form.ts';
import type { PageOfAnother } from '../kit/page-of-another.ts';
import { pageSentFrom } from '../kit/page-of-form.ts';
import type { Env, Services } from '../kit/services.ts';

export async function showPageOfAnother(services: Services, c: Context<Env>, { account }: PageOfAnother) {
  const isPost = c.req.method === 'POST';
  const at = pageSentFrom(c);
  const written = isPost ? await keepForWriter(c, services, at) : undefined;
  c.header(KEPT_HEADER, 'for another');
  // If a script made the request, its own page tells the person; there is nobody to read another page.
  if (!isPost || c.req.path === paths.drafts()) return c.body(null, 403);
  const owner = await services.store.people.accounts.find(account);
  const sent = written !== undefined && (await mayTake(services, c)) ? await readSent(c) : undefined;
  const shown = Page({
    page: c.get('page'),
    owner: owner?.name ?? 'somebody else',
    at,
    isKept: written !== undefined,
    ...(sent !== undefined &&
      written !== undefined && { take: { action: c.req.path, sent, lines: linesOf(written, fieldsOf(services, c)) } }),
  });
  return c.html(renderPage(shown), 403);
}

/** The record itself is not read for this; the labels of the area's own fields come from the content. */
function fieldsOf({ library }: Services, c: Context<Env>): readonly Field[] {
  const desk = library.areas.get(c.get('person')?.area ?? '')?.desk;
  const ofDesk = (desk?.fields ?? []).flatMap((field) => formFieldsOf(field, true));
  return [...fieldsByAddress(library, c.req.path), ...ofDesk];
}

/**
 * Whether the signed-in person may send it: this browser may see the consultation or, at the desk, their role may do
 * this. Nobody can change their own account with somebody else's form.
 */
async function mayTake({ store }: Services, c: Context<Env>): Promise<boolean> {
  const [person, action, id] = [c.get('person'), c.get('action'), c.req.param('id')];
  if (c.req.path.startsWith(paths.consultation('')))
    return id !== undefined && store.consultations.holds(c.get('tokenHash'), id);
  if (person === undefined || action === undefined || !c.req.path.startsWith(paths.desk())) return false;
  if (id === undefined) return true;
  const row = await store.queueRows.find(id);
  return row !== undefined && isAllowed(person, action, { area: row.area, by: row.worker ?? undefined });
}
