/**
 * A role that may read and change nothing can be made from the table alone: it opens every page that an action of
 * reading guards, and none of these offers it a form that it may not send. One of the roles is given such rights here.
 */
import { expect, it, onTestFinished } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import { type Action, findScope, PERMISSIONS, type Role } from '../../../server/people/permissions.ts';
import { readRoutes } from '../../../server/web/kit/allow.ts';
import { openDeskApp } from './desk-app.ts';
import { findIds } from './route-ids.ts';

const ROLE: Role = 'safeguarding lead';
const ACTIONS = Object.keys(PERMISSIONS) as Action[];
const isReading = (action: Action) => action.includes('.see') || action === 'search.use';
/** Their own account, their text that was not sent, and the form of a search. */
const OWN: readonly Action[] = ['account.change', 'search.use'];
/** Does not exist before a consultation was reopened. */
const LATER = paths.deskComparison(':id');

type Desk = Awaited<ReturnType<typeof openDeskApp>>;
type Table = Record<string, Partial<Record<Role, string>>>;

/** Gives the role these actions, and no others, until the test ends. */
function allowOnly(actions: readonly Action[]): void {
  const table: Table = PERMISSIONS;
  for (const action of ACTIONS) {
    const row = table[action];
    const scope = action.startsWith('account.') ? 'own' : 'area';
    table[action] = { ...row, [ROLE]: actions.includes(action) ? scope : undefined };
    onTestFinished(() => {
      table[action] = row ?? {};
    });
  }
}

/** The pages that the role can read, each with the actions of the forms on it. */
async function readPages(desk: Desk, reader: Awaited<ReturnType<Desk['openDesk']>>) {
  const { named } = readRoutes(desk.app);
  const posts = named
    .filter(({ method }) => method === 'POST')
    .map(({ path, action }) => ({ pattern: new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`), action }));
  const actionOf = (path: string) => posts.find(({ pattern }) => pattern.test(path))?.action;
  const pages: { path: string; status: number; forms: Action[] }[] = [];
  for (const { method, path, action } of named) {
    if (method !== 'GET' || !isReading(action) || path === LATER) continue;
    const { own } = await findIds(desk, path, reader);
    const { status, text } = await reader.get(path.replace(/:(\w+)/g, (_, name: string) => own[name] ?? 'none'));
    const sent = [...text.matchAll(/(?:method="post" action|formaction|hx-post)="([^"?#]+)/g)].map(([, to = '']) => to);
    pages.push({ path, status, forms: [...new Set(sent.map(actionOf).filter((one) => one !== undefined))] });
  }
  return pages;
}

it('reads every page, and is offered no form that it may not send', { timeout: 120_000 }, async () => {
  const desk = await openDeskApp({ hasMail: () => true });
  await desk.store.numberReports.add({ area: 'bury', contact: 'mash', way: '0161 253 5678', wrong: 'nobody_answers' });
  const reader = await desk.openDesk(ROLE);
  const foreign = ({ forms }: { forms: Action[] }) =>
    forms.filter((action) => !isReading(action) && !OWN.includes(action));

  // With every right, the same pages do offer forms: otherwise nothing would be tried below.
  allowOnly(ACTIONS);
  const all = await readPages(desk, reader);
  const offered = all.filter((page) => foreign(page).length > 0).map(({ path }) => path);
  const splitPages = [paths.clients(), paths.client(':id'), paths.people(), paths.person(':id'), paths.deskNumbers()];
  expect(offered).toEqual(expect.arrayContaining([...splitPages, paths.deskMails(), paths.deskRetention(':id')]));

  allowOnly(ACTIONS.filter((action) => isReading(action) || OWN.includes(action)));
  const pages = await readPages(desk, reader);
  expect(pages.map(({ path, status }) => [path, status])).toEqual(all.map(({ path, status }) => [path, status]));
  expect(pages.filter((page) => foreign(page).some((action) => findScope(ROLE, action) === undefined))).toEqual([]);
});
