/** Loads test files as scripts in this process: once, and again if a fault may have left something behind. */
import { createRequire } from 'node:module';
import { Script } from 'node:vm';
import { buildSync } from 'esbuild';
import * as vitest from './small-vitest.ts';

export type Runs = (() => unknown)[];

type Wrapped = (require: (name: string) => unknown, module: object, exports: object, weakMap: typeof WeakMap) => void;

export class NearFiles {
  readonly #scripts = new Map<string, Wrapped>();
  readonly #kept = new Map<string, Runs>();
  readonly #last: vitest.Run[] = [];

  /** The tests of the file, as last loaded. */
  kept(file: string): Runs | undefined {
    return this.#kept.get(file);
  }

  read(file: string): Runs {
    const script = this.#scripts.get(file) ?? compile(file);
    this.#scripts.set(file, script);
    const require = createRequire(file);
    const given = (name: string) => (name === 'vitest' ? vitest : require(name));
    const module = { exports: {} };
    const { runs, last } = vitest.collect(() => script(given, module, module.exports, NotedWeakMap));
    remembered = false;
    this.#last.push(...last);
    this.#kept.set(file, runs);
    return runs;
  }

  forget(file: string): void {
    this.#kept.delete(file);
  }

  /** Reloads modules that cache results, so that results computed with one fault are not used for the next. */
  forgetWhatRemembers(file: string): void {
    if (remembered) this.forget(file);
    remembered = false;
  }

  forgetAll(): void {
    this.#kept.clear();
  }

  dispose(): void {
    for (const body of this.#last) body();
  }
}

let remembered = false;
class NotedWeakMap<K extends WeakKey, V> extends WeakMap<K, V> {
  override set(key: K, value: V): this {
    remembered = true;
    return super.set(key, value);
  }
}

function compile(file: string): Wrapped {
  const built = buildSync({
    entryPoints: [file],
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    packages: 'external',
  });
  const code = built.outputFiles[0]?.text ?? '';
  const wrapped = `(function (require, module, exports, WeakMap) {${code}\n})`;
  return new Script(wrapped, { filename: file }).runInThisContext();
}
