/**
 * The first file of the built server, `dist/main.js`. It runs `dist/server.js` with the byte code that V8 made of it at the build: compiling it
 * anew took a seventh of each start. V8 takes byte code only for a source of the same length, and with its own version and flags; otherwise, and
 * where there is none, it compiles the source. With `--compile` this file writes the byte code, and starts nothing.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { constants, Script } from 'node:vm';
import { PROGRAM_HASH } from './program-hash.ts';

const here = import.meta.dirname;
const file = join(here, 'server.js');
// Named after the hash of the whole program, so that what another build left behind is never taken for this one's.
const compiledFile = join(here, `server-${readFileSync(join(here, PROGRAM_HASH), 'latin1')}.compiled`);

// The build leaves nothing but ASCII in it.
const source = readFileSync(file, 'latin1');
const script = new Script(`(function (module, require, __filename, __dirname, __url) {${source}\n})`, {
  filename: file,
  cachedData: readCompiled(),
  importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
});
const server = run();
if (process.argv[2] === '--compile') writeCompiled();
else await server.start();

function readCompiled(): Buffer | undefined {
  try {
    return readFileSync(compiledFile);
  } catch {
    return undefined;
  }
}

/** Its modules; no server yet. */
function run(): typeof import('./main.ts') {
  const module = { exports: {} };
  script.runInThisContext()(module, createRequire(import.meta.url), file, here, import.meta.url);
  return module.exports as typeof import('./main.ts');
}

/** After the modules have run, so that what they called is in it. */
function writeCompiled(): void {
  const half = `${compiledFile}.${process.pid}`;
  writeFileSync(half, script.createCachedData());
  renameSync(half, compiledFile);
}
