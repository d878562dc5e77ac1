/**
 * The first file of the built server, `dist/main.js`. It runs `dist/server.js` with the byte code that V8 made of it
 * during the build, because compiling it took a seventh of each start. V8 accepts byte code only for a source of the
 * same length and with the same version and flags; otherwise it compiles the source. With `--compile`, this file writes
 * the byte code and starts nothing.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { constants, Script } from 'node:vm';
import { PROGRAM_HASH } from './program-hash.ts';

const here = import.meta.dirname;
const file = join(here, 'server.js');
// The name contains the hash of the whole program, so that byte code of another build is never used.
const compiledFile = join(here, `server-${readFileSync(join(here, PROGRAM_HASH), 'latin1')}.compiled`);

// The build makes sure that it is all ASCII.
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

/** Loads the modules without starting a server. */
function run(): typeof import('./main.ts') {
  const module = { exports: {} };
  script.runInThisContext()(module, createRequire(import.meta.url), file, here, import.meta.url);
  return module.exports as typeof import('./main.ts');
}

/** Written after the modules have run, so that it includes the functions they called. */
function writeCompiled(): void {
  const half = `${compiledFile}.${process.pid}`;
  writeFileSync(half, script.createCachedData());
  renameSync(half, compiledFile);
}
