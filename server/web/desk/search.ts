/** Search at the desk. Search terms are posted and never in a URL, since they can be names. */
import { type Context, Hono } from 'hono';
import { DeskSearchPage } from '../../../views/desk/search.tsx';
import { renderPage } from '../../../views/kit/render.ts';
import { addDays, type Day, readDay, startOfDay } from '../../base/days.ts';
import { paths } from '../../base/paths.ts';
import { telephoneKeys } from '../../base/telephone.ts';
import { foldedWords } from '../../base/text.ts';
import { parseReference } from '../../consultation/reference.ts';
import { wordsOf } from '../../desk/written-words.ts';
import { DESK_DECISIONS } from '../../flow/desk-decisions.ts';
import type { SearchCriteria } from '../../store/search-criteria.ts';
import { readAndLog } from '../kit/access-log.ts';
import { allow, personOf } from '../kit/allow.ts';
import { fieldsOf, readForm } from '../kit/form.ts';
import { deskOf, type Env, nowOf, type Services, today } from '../kit/services.ts';
import { pageOfArea } from './queue.ts';

const MOST_FOUND = 50;

export function deskSearch(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  app.get(paths.deskSearch(), ...allow('search.use'), (c) => showSearch(services, c, {}));
  app.post(paths.deskSearch(), ...allow('search.use', { form: paths.deskSearch() }), async (c) => {
    const values = fieldsOf(await readForm(c));
    const { criteria, errors } = readCriteria(values, today(services));
    if (Object.keys(errors).length > 0) return showSearch(services, c, { values, errors });
    const found = await readAndLog(services, c, async ({ desk, log }) => {
      const shown = await desk.search(personOf(c).area, criteria, MOST_FOUND);
      const ids = shown.slice(0, MOST_FOUND).map(({ consultation }) => consultation);
      const snippets: Record<string, string> = {};
      if (criteria.words !== undefined)
        for (const id of ids) snippets[id] = findSnippet(wordsOf((await log.read(id)) ?? []), criteria.words);
      return { shown: { lines: shown, snippets }, access: { what: 'search', body: { criteria, shown: ids } } };
    });
    const { lines, snippets } = found;
    return showSearch(services, c, {
      values,
      found: lines.slice(0, MOST_FOUND),
      snippets,
      more: lines.length > MOST_FOUND,
    });
  });
  return app;
}

const AROUND = 80;

/** The text around the first search term found; empty if the match is elsewhere, such as in the name of an agency. */
function findSnippet(words: string, wanted: string): string {
  const first = foldedWords(wanted)[0] ?? '';
  for (const line of words.split('\n')) {
    const pieces = line.split(/(?<=\s)/);
    const hit = pieces.findIndex((piece) => foldedWords(piece).some((word) => word.startsWith(first)));
    if (hit === -1) continue;
    const before = pieces.slice(0, hit).join('').slice(-AROUND);
    const after = pieces
      .slice(hit)
      .join('')
      .slice(0, 2 * AROUND);
    return `${before}${after}`.trim();
  }
  return '';
}

function showSearch(services: Services, c: Context<Env>, more: Partial<Parameters<typeof DeskSearchPage>[0]>) {
  const { area } = personOf(c);
  const page = DeskSearchPage({
    page: pageOfArea(services, c),
    desk: deskOf(services, area),
    scale: services.library.areas.get(area)?.facts.scale ?? [],
    now: nowOf(services),
    person: personOf(c).id,
    ...more,
  });
  return c.html(renderPage(page), more.errors === undefined ? 200 : 422);
}

/** Criteria that are typed as words. */
const TEXTS = ['words', 'professional', 'agency', 'child', 'worker'] as const satisfies (keyof SearchCriteria)[];

/** Criteria that are chosen from a list. Anything that is not on the list is ignored. */
function readChosen(text: (name: string) => string): Pick<SearchCriteria, 'level' | 'state' | 'outcome'> {
  const level = /^[1-9]$/.test(text('level')) ? Number(text('level')) : undefined;
  const state = (['open', 'closed'] as const).find((known) => known === text('state'));
  const outcome = DESK_DECISIONS.find((known) => known === text('outcome'));
  return {
    ...(level !== undefined && { level }),
    ...(state !== undefined && { state }),
    ...(outcome !== undefined && { outcome }),
  };
}

export function readCriteria(
  values: Record<string, string>,
  today: Day,
): { criteria: SearchCriteria; errors: Record<string, string> } {
  const errors: Record<string, string> = {};
  const text = (name: string) => (values[name] ?? '').trim().slice(0, 200);
  const day = (name: string) => {
    const reading = text(name) === '' ? undefined : readDay(text(name), { today });
    if (reading?.ok === false) errors[name] = `${reading.problem}, or leave it empty`;
    return reading?.ok ? reading.day : undefined;
  };
  const reference = text('reference') === '' ? undefined : parseReference(text('reference'));
  if (text('reference') !== '' && reference === undefined)
    errors.reference = 'That is no reference. It has a letter and nine digits, such as B 48 29 17 35 2';
  const [from, to] = [day('from'), day('to')];
  for (const name of TEXTS)
    if (text(name) !== '' && foldedWords(text(name)).length === 0)
      errors[name] = `“${text(name)}” has no letter and no digit. Write the beginning of a word, or leave it empty`;
  const [telephone] = telephoneKeys(text('telephone'));
  if (text('telephone') !== '' && telephone === undefined)
    errors.telephone = 'Write the whole number, with the area code: at least nine digits. Or leave it empty';
  const criteria: SearchCriteria = {
    ...(telephone !== undefined && { telephone }),
    ...(reference !== undefined && { reference }),
    ...Object.fromEntries(TEXTS.filter((name) => text(name) !== '').map((name) => [name, text(name)])),
    ...(from !== undefined && { from: startOfDay(from) }),
    ...(to !== undefined && { before: startOfDay(addDays(to, 1)) }),
    ...readChosen(text),
  };
  if (Object.keys(criteria).length === 0 && Object.keys(errors).length === 0)
    errors.words = 'Write what you are looking for, in any of the boxes';
  return { criteria, errors };
}
