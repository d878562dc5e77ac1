/**
 * Runs tests for Stryker, as its runner for vitest does, but within one process: each test file is made one script, which is read once, and anew when a
 * fault may have left something behind. A fault takes milliseconds where vitest takes a second or more.
 */
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { Script } from 'node:vm';
import type { DryRunResult, MutantRunOptions, MutantRunResult } from '@stryker-mutator/api/test-runner';
import { buildSync } from 'esbuild';
import * as vitest from './small-vitest.ts';

/** What the changed code reads and writes, on the global object. */
interface Shared {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  hitCount?: number;
  hitLimit?: number | undefined;
  mutantCoverage?: object;
}

type Wrapped = (require: (name: string) => unknown, module: object, exports: object, weakMap: typeof WeakMap) => void;

const shared: Shared = {};
Object.assign(globalThis, { __stryker__: shared });

type Runs = (() => unknown)[];

class NearRunner {
  static readonly inject = ['options'] as const;
  readonly #testFiles: string[];
  readonly #scripts = new Map<string, Wrapped>();
  /** The tests of each file as they were last read. */
  readonly #kept = new Map<string, Runs>();
  readonly #times = new Map<string, number>();
  readonly #last: vitest.Run[] = [];

  constructor({ testFiles = [] }: { testFiles?: string[] }) {
    this.#testFiles = testFiles.map((file) => resolve(file));
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async dryRun(): Promise<DryRunResult> {
    shared.mutantCoverage = { static: {}, perTest: {} };
    const tests: unknown[] = [];
    for (const fileName of this.#testFiles)
      for (const [at, run] of this.#read(fileName).entries()) {
        const id = `${fileName}#${at}`;
        const start = performance.now();
        shared.currentTestId = id;
        const failureMessage = await failureOf(run);
        shared.currentTestId = undefined;
        const timeSpentMs = performance.now() - start;
        this.#times.set(id, timeSpentMs);
        const result = failureMessage === undefined ? { status: 0 } : { status: 1, failureMessage };
        tests.push({ id, name: id, fileName, timeSpentMs, ...result });
      }
    this.#kept.clear();
    return { status: 'complete', tests, mutantCoverage: shared.mutantCoverage } as DryRunResult;
  }

  /** No more after the first test that fails. */
  async mutantRun({ testFilter = [], activeMutant, hitLimit }: MutantRunOptions): Promise<MutantRunResult> {
    Object.assign(shared, { hitCount: 0, hitLimit });
    for (const file of this.#testFiles) {
      const ids = testFilter.filter((id) => id.startsWith(`${file}#`));
      const some = ids.map((id) => Number(id.slice(file.length + 1)));
      // A whole file is named when the fault is met while a test file is read.
      const failureMessage = testFilter.includes(file)
        ? await this.#tryWhole(file, activeMutant.id)
        : await this.#trySome(file, some, activeMutant.id);
      const isEndless = hitLimit !== undefined && (shared.hitCount ?? 0) > hitLimit;
      if (isEndless || failureMessage !== undefined) {
        if (isEndless) this.#kept.clear();
        const how = isEndless
          ? { status: 'timeout' }
          : { status: 'killed', killedBy: [], failureMessage, nrOfTests: 1 };
        return how as unknown as MutantRunResult;
      }
    }
    return { status: 'survived', nrOfTests: testFilter.length } as MutantRunResult;
  }

  async dispose() {
    for (const body of this.#last) body();
  }

  /** All tests of the file, which is read with the fault in it. */
  async #tryWhole(file: string, fault: string): Promise<string | undefined> {
    this.#kept.delete(file);
    shared.activeMutant = fault;
    try {
      const runs = this.#read(file);
      return (await this.#firstFailure(file, runs, [...runs.keys()], fault))?.message;
    } catch (error) {
      return String(error);
    } finally {
      shared.activeMutant = undefined;
      this.#kept.delete(file);
    }
  }

  /** These tests, in the file as it was read before. Fails one without the fault too, an earlier fault left something behind: then it is read anew. */
  async #trySome(file: string, some: number[], fault: string): Promise<string | undefined> {
    if (some.length === 0) return undefined;
    const kept = this.#kept.get(file);
    const failure = await this.#firstFailure(file, kept ?? this.#read(file), some, fault);
    if (
      failure === undefined ||
      kept === undefined ||
      (await failureOf(kept[failure.at] as () => unknown)) === undefined
    )
      return failure?.message;
    return (await this.#firstFailure(file, this.#read(file), some, fault))?.message;
  }

  /** The quick tests first. */
  async #firstFailure(file: string, runs: Runs, some: number[], fault: string) {
    const timeOf = (at: number) => this.#times.get(`${file}#${at}`) ?? 0;
    shared.activeMutant = fault;
    remembered = false;
    try {
      for (const at of [...some].sort((one, other) => timeOf(one) - timeOf(other))) {
        const message = await failureOf(runs[at] as () => unknown);
        if (message !== undefined) return { at, message };
      }
      return undefined;
    } finally {
      shared.activeMutant = undefined;
      if (remembered) this.#kept.delete(file);
    }
  }

  #read(file: string): Runs {
    const script = this.#scripts.get(file) ?? compile(file);
    this.#scripts.set(file, script);
    const require = createRequire(file);
    const given = (name: string) => (name === 'vitest' ? vitest : require(name));
    const module = { exports: {} };
    const { runs, last } = vitest.collect(() => script(given, module, module.exports, NotedWeakMap));
    this.#last.push(...last);
    this.#kept.set(file, runs);
    return runs;
  }
}

/** What was worked out with a fault must not be there for the next one. */
let remembered = false;
class NotedWeakMap<K extends WeakKey, V> extends WeakMap<K, V> {
  override set(key: K, value: V): this {
    remembered = true;
    return super.set(key, value);
  }
}

export const strykerPlugins = [{ kind: 'TestRunner', name: 'near', injectableClass: NearRunner }];

async function failureOf(run: () => unknown): Promise<string | undefined> {
  try {
    await run();
    return;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
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
  return new Script(`(function (require, module, exports, WeakMap) {${code}\n})`, {
    filename: file,
  }).runInThisContext();
}
