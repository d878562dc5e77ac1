/** Which styles a page needs, and which it loads. */
import { readBuilt } from '../../server/web/site/statics.ts';
import { builtFiles } from './services.ts';

const classesIn = (css: string) => new Set([...css.matchAll(/\.([a-z][\w-]*)/gi)].map(([, name]) => name ?? ''));
const core = classesIn(readBuilt(builtFiles, 'app.css'));
/** Our own classes that are only in `rest.css`. All of govuk-frontend's styles are in `app.css`. */
const onlyInRest = new Set(
  [...classesIn(readBuilt(builtFiles, 'rest.css'))].filter((name) => name.startsWith('fd-') && !core.has(name)),
);

/** For a page or a part of one that does without `rest.css`: the classes that would have no style. */
export function classesWithoutStyle(html: string): string[] {
  if (/<link rel="stylesheet" href="[^"]*rest[^"]*\.css"/.test(html)) return [];
  const used = [...html.matchAll(/ class="([^"]*)"/g)].flatMap(([, names]) => (names ?? '').split(/\s+/));
  return [...new Set(used)].filter((name) => onlyInRest.has(name));
}

const styled = classesIn(readBuilt(builtFiles, 'app.css') + readBuilt(builtFiles, 'rest.css'));

/** Tables for which there is no style. */
export function tablesWithoutStyle(html: string): string[] {
  const tables = [...html.matchAll(/<table(?: class="([^"]*)")?/g)];
  return tables.map(([, names = '']) => names).filter((names) => !names.split(/\s+/).some((name) => styled.has(name)));
}
