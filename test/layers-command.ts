/** `npm run layers`: updates `docs/layers.svg`. `layers.test.ts` fails if it is out of date. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSources } from './architecture.ts';
import { drawLayers } from './layers.ts';

const root = join(import.meta.dirname, '..');
mkdirSync(join(root, 'docs'), { recursive: true });
writeFileSync(join(root, 'docs', 'layers.svg'), drawLayers(readSources(root)));
