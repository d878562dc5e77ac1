/**
 * "This number is wrong": any reader can report it, without a name or words of their own. The safeguarding lead sees
 * the reports at `/desk/numbers`.
 */
import { type Context, Hono } from 'hono';
import { renderPage } from '../../../views/kit/render.ts';
import { WRONG, WrongNumberPage, WrongNumberToldPage } from '../../../views/site/wrong-number.tsx';
import { paths } from '../../base/paths.ts';
import { type ShownContact, showContact, waysOf } from '../../consultation/result.ts';
import { NATIONAL } from '../../flow/national.ts';
import { clientAddress } from '../kit/client-address.ts';
import { readForm } from '../kit/form.ts';
import { createLimitPerKey, type LimitPerKey, type Limits } from '../kit/limit-per-key.ts';
import { WebProblem } from '../kit/problem.ts';
import { type Env, type Services, today } from '../kit/services.ts';

/** Nobody finds more wrong numbers than this in an hour, and nobody should have to read more reports than this. */
const FROM_ONE_ADDRESS = { most: 10, minutes: 60 };
const FROM_ALL = { most: 200, minutes: 60 };

export function wrongNumber(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  // Several servers get the reports in turn, so each allows its share.
  const share = ({ most, minutes }: Limits) => ({ most: Math.ceil(most / (services.servers ?? 1)), minutes });
  const one = createLimitPerKey(services.clock, share(FROM_ONE_ADDRESS));
  const all = createLimitPerKey(services.clock, share(FROM_ALL));
  app.get(paths.wrongNumber(), (c) => {
    if (c.req.query('told') !== undefined) return c.html(renderPage(WrongNumberToldPage({ page: c.get('page') })));
    if (c.req.query('contact') === undefined) return c.redirect(paths.contacts(), 303);
    const contact = getContact(services, c.req.query('area'), c.req.query('contact'));
    return c.html(renderPage(WrongNumberPage({ page: c.get('page'), contact })));
  });
  app.post(paths.wrongNumber(), async (c) => takeReport(services, c, { one, all }));
  return app;
}

async function takeReport(services: Services, c: Context<Env>, limits: { one: LimitPerKey; all: LimitPerKey }) {
  const form = await readForm(c);
  const contact = getContact(services, form.get('area') ?? '', form.get('contact') ?? '');
  const ways = waysOf(contact);
  const way = ways.length === 1 ? ways[0] : ways.find((one) => one === form.get('way'));
  const wrong = WRONG.find(({ id }) => id === form.get('wrong'))?.id;
  const given = { way, wrong };
  const refuse = (errors: { way?: string; wrong?: string }, status: 422 | 429) =>
    c.html(renderPage(WrongNumberPage({ page: c.get('page'), contact, given, errors })), status);
  if (way === undefined || wrong === undefined)
    return refuse(
      {
        ...(way === undefined && { way: 'Choose which number or address is wrong' }),
        ...(wrong === undefined && { wrong: 'Choose what is wrong with it' }),
      },
      422,
    );
  const wait = limits.one.countOrWait(clientAddress(services, c)) || limits.all.countOrWait('all');
  if (wait > 0)
    return refuse({ wrong: `There were too many reports. Wait ${wait} minutes, then send this again` }, 429);
  const area = isNational(services, contact) ? NATIONAL : contact.area;
  await services.store.numberReports.add({ area, contact: contact.id, way, wrong });
  return c.redirect(paths.wrongNumberTold(), 303);
}

function getContact(services: Services, area = '', id = ''): ShownContact {
  const flows = [...(services.library.areas.get(area)?.flows.values() ?? [])];
  const flow = flows.find(({ contacts }) => Object.hasOwn(contacts, id));
  if (flow === undefined) throw new WebProblem('not found');
  return showContact(flow, id, today(services));
}

/** A contact that is the same for every area belongs to none of them. */
function isNational({ library }: Services, { id }: ShownContact): boolean {
  const flows = [...(library.areas.get(NATIONAL)?.flows.values() ?? [])];
  return flows.some(({ contacts }) => Object.hasOwn(contacts, id));
}
