/** `npm run layers`: writes `docs/layers.svg` anew. `layers.test.ts` says when that is due. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSources } from './architecture.ts';
import { drawLayers } from './layers.ts';

const root = join(import.meta.dirname, '..');
mkdirSync(join(root, 'docs'), { recursive: true });
writeFileSync(join(root, 'docs', 'layers.svg'), drawLayers(readSources(root)));
