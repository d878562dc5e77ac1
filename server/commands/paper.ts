/**
 * `npm run -s paper -- AREA/FLOW [FOLDER]`: writes the questions of a flow as a form to print: a single HTML file
 * without links to others. `AREA` alone writes all flows that can be opened there. For training, and to keep in a
 * drawer for when the network is down.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PaperFormPage } from '../../views/flows/paper-form.tsx';
import { renderPage } from '../../views/kit/render.ts';
import { localDay } from '../base/days.ts';
import { loadLibrary } from '../flow/check/library.ts';
import { describePaperForm } from '../flow/draw/paper-form.ts';
import type { Flow } from '../flow/flow.ts';
import { readFolder } from '../flow/language/folder.ts';
import { versionOf } from '../flow/language/version.ts';
import { describeProblem, didYouMean, hasErrors } from '../flow/problem.ts';
import { areaLineOf } from '../web/kit/load-consultation.ts';
import { readAssets, readBuiltFiles } from '../web/site/statics.ts';
import { flowsFolder } from './flows-folder.ts';
import { readArguments } from './read-arguments.ts';
import { reportFailure } from './report-failure.ts';

const dist = join(import.meta.dirname, '..', '..', 'static', 'dist');
const day = localDay(new Date());

function main(): void {
  const { values, positionals } = readArguments({ allowPositionals: true, options: { flows: { type: 'string' } } });
  const [name, folder = 'paper'] = positionals;
  const { library, problems } = loadLibrary(readFolder(flowsFolder(values.flows)), day);
  if (hasErrors(problems)) throw new Error(problems.map(describeProblem).join('\n'));
  const known = new Map(
    [...library.areas].flatMap(([area, { flows }]) => [...flows].map(([id, flow]) => [`${area}/${id}`, flow] as const)),
  );
  const named = [...known].filter(([key]) => key === name || key.startsWith(`${name}/`));
  if (name === undefined || named.length === 0) {
    const all = [...library.areas.keys(), ...known.keys()];
    throw new Error(
      `${name === undefined ? 'Name an area or a flow.' : `There is no "${name}".${didYouMean(name, all)}`} Known are: ${all.join(', ')}.`,
    );
  }
  mkdirSync(folder, { recursive: true });
  for (const [key, flow] of named) {
    const file = join(folder, `${key.replace('/', '-')}.html`);
    writeFileSync(file, writeForm(flow));
    console.log(file);
  }
}

/** The styles are in the file itself, and scripts are removed. */
function writeForm(flow: Flow): string {
  const assets = readAssets(readBuiltFiles(dist));
  const area = areaLineOf(flow);
  const page = { assets, token: '', ...(area !== undefined && { area }) };
  const html = renderPage(PaperFormPage({ page, flow, version: versionOf(flow), day, form: describePaperForm(flow) }));
  return html
    .replace(/<script\b[^>]*><\/script>/g, '')
    .replace(/<link rel="stylesheet" href="([^"]*)"[^>]*>/g, (_, href: string) => `<style>${readStyles(href)}</style>`);
}

function readStyles(href: string): string {
  return readFileSync(join(dist, href.split('/').at(-1) ?? ''), 'utf8');
}

try {
  main();
} catch (error) {
  reportFailure(error);
}
