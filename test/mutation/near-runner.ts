/**
 * Runs tests for Stryker like its vitest runner, but within one process, so that a fault takes milliseconds instead of a second or more.
 */
import { resolve } from 'node:path';
import type { DryRunResult, MutantRunOptions, MutantRunResult } from '@stryker-mutator/api/test-runner';
import { NearFiles, type Runs } from './near-files.ts';

/** Stryker's global object, which the instrumented code reads and writes. */
interface Shared {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  hitCount?: number;
  hitLimit?: number | undefined;
  mutantCoverage?: object;
}

const shared: Shared = {};
Object.assign(globalThis, { __stryker__: shared });

class NearRunner {
  static readonly inject = ['options'] as const;
  readonly #testFiles: string[];
  readonly #files = new NearFiles();
  readonly #times = new Map<string, number>();

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
      for (const [at, run] of this.#files.read(fileName).entries()) {
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
    this.#files.forgetAll();
    return { status: 'complete', tests, mutantCoverage: shared.mutantCoverage } as DryRunResult;
  }

  /** Stops at the first test that fails. */
  async mutantRun({ testFilter = [], activeMutant, hitLimit }: MutantRunOptions): Promise<MutantRunResult> {
    Object.assign(shared, { hitCount: 0, hitLimit });
    for (const file of this.#testFiles) {
      const ids = testFilter.filter((id) => id.startsWith(`${file}#`));
      const some = ids.map((id) => Number(id.slice(file.length + 1)));
      // If the fault is met while the file is loaded, the whole file is named.
      const failureMessage = testFilter.includes(file)
        ? await this.#tryWhole(file, activeMutant.id)
        : await this.#trySome(file, some, activeMutant.id);
      const isEndless = hitLimit !== undefined && (shared.hitCount ?? 0) > hitLimit;
      if (isEndless || failureMessage !== undefined) {
        if (isEndless) this.#files.forgetAll();
        const how = isEndless
          ? { status: 'timeout' }
          : { status: 'killed', killedBy: [], failureMessage, nrOfTests: 1 };
        return how as unknown as MutantRunResult;
      }
    }
    return { status: 'survived', nrOfTests: testFilter.length } as MutantRunResult;
  }

  async dispose() {
    this.#files.dispose();
  }

  /** Loads the file with the fault active, and runs all its tests. */
  async #tryWhole(file: string, fault: string): Promise<string | undefined> {
    this.#files.forget(file);
    shared.activeMutant = fault;
    try {
      const runs = this.#files.read(file);
      return (await this.#firstFailure(file, runs, [...runs.keys()], fault))?.message;
    } catch (error) {
      return String(error);
    } finally {
      shared.activeMutant = undefined;
      this.#files.forget(file);
    }
  }

  /**
   * Runs these tests in the file as it was last loaded. If the test that fails also fails without the fault, an earlier
   * fault has left something behind, and the file is loaded again.
   */
  async #trySome(file: string, some: number[], fault: string): Promise<string | undefined> {
    if (some.length === 0) return undefined;
    const kept = this.#files.kept(file);
    const failure = await this.#firstFailure(file, kept ?? this.#files.read(file), some, fault);
    if (
      failure === undefined ||
      kept === undefined ||
      (await failureOf(kept[failure.at] as () => unknown)) === undefined
    )
      return failure?.message;
    return (await this.#firstFailure(file, this.#files.read(file), some, fault))?.message;
  }

  /** Runs the quick tests first. */
  async #firstFailure(file: string, runs: Runs, some: number[], fault: string) {
    const timeOf = (at: number) => this.#times.get(`${file}#${at}`) ?? 0;
    shared.activeMutant = fault;
    try {
      for (const at of [...some].sort((one, other) => timeOf(one) - timeOf(other))) {
        const message = await failureOf(runs[at] as () => unknown);
        if (message !== undefined) return { at, message };
      }
      return undefined;
    } finally {
      shared.activeMutant = undefined;
      this.#files.forgetWhatRemembers(file);
    }
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
