/** Damages the content, and judges what the checks and the proof find. */
import { loadLibrary, type ReadLibrary } from '../../server/flow/check/library.ts';
import type { Flow } from '../../server/flow/flow.ts';
import { readContent } from '../../server/flow/language/content.ts';
import type { ContentFile } from '../../server/flow/language/folder.ts';
import { NATIONAL } from '../../server/flow/national.ts';
import { hasErrors, type Problem } from '../../server/flow/problem.ts';
import { withCauses } from '../../server/flow/prove/all.ts';
import { outcomesOf } from '../../server/flow/prove/outcomes.ts';
import { isOfLanguages } from '../../server/flow/translation/read-languages.ts';
import { MANY, outcomeOf, SINGLE } from '../../server/flow/walk/outcome.ts';
import { walk } from '../../server/flow/walk/walk.ts';
import { readAnswers } from '../../server/flow/walk/written-answers.ts';
import { Random } from '../flow/second/random.ts';
import { damage } from './slips.ts';

/**
 * `told`: a check reports a problem with its place. `table`: no check reports it, but the table of outcomes beside the
 * flow no longer matches. `harmless`: no worked case has a different outcome. `crash` and `silent` are our own faults.
 */
export type Fate = 'told' | 'table' | 'harmless' | 'crash' | 'silent';

export interface Trial {
  fate: Fate;
  slip: string;
  file: string;
  /** What went wrong, for `crash` and `silent`. */
  what?: string;
}

export class Damager {
  private readonly library: ReadLibrary;
  private readonly files: readonly ContentFile[];
  private readonly today: string;

  constructor(files: readonly ContentFile[], today: string) {
    const { library, problems } = loadLibrary([...files], today);
    if (hasErrors(problems)) throw new Error('the content has mistakes: damaging it would tell nothing');
    this.library = library;
    this.files = files;
    this.today = today;
  }

  /** The same seed gives the same trial. */
  try(seed: number): Trial {
    const random = new Random(seed);
    const original = random.pick(this.files);
    const { slip, files } = damage(random, original, this.files);
    const trial = { slip, file: `${original.folder}/${original.name}` };
    try {
      return { ...trial, ...this.judge(original, files) };
    } catch (error) {
      return { ...trial, fate: 'crash', what: (error as Error).stack ?? String(error) };
    }
  }

  private judge(original: ContentFile, damaged: ContentFile[]): Pick<Trial, 'fate' | 'what'> {
    // Most damage is reported while its file is read. Only files that can be read are checked with the rest of the
    // content.
    const read = isOfLanguages(original) ? [] : readContent(original.folder, damaged).problems;
    if (hasErrors(read)) return this.told(read);
    const near = this.files.filter(
      ({ folder }) => original.folder === NATIONAL || folder === original.folder || folder === NATIONAL,
    );
    const { library, problems } = loadLibrary([...near.filter((file) => file !== original), ...damaged], this.today);
    if (hasErrors(problems)) return this.told(withCauses(library, problems, this.today));
    return this.judgeSilence(library);
  }

  private told(problems: readonly Problem[]): Pick<Trial, 'fate' | 'what'> {
    for (const { file, line, column, message } of problems) {
      const isPlaced = /^flows\/[a-z]+\/(?:[a-z]+\/)?[a-z0-9_]+\.yaml$/.test(file) && line >= 1 && column >= 1;
      if (!isPlaced || message.trim() === '' || /undefined|\[object|NaN/.test(message))
        return {
          fate: 'crash',
          what: `a message without a place, or without words: ${file}:${line}:${column}: ${message}`,
        };
    }
    return { fate: 'told' };
  }

  /** If no check reports it: does any worked case have another outcome, and does the table of outcomes show it? */
  private judgeSilence(library: ReadLibrary): Pick<Trial, 'fate' | 'what'> {
    let fate: Fate = 'harmless';
    for (const [id, area] of library.areas) {
      const before = this.library.areas.get(id);
      for (const flow of area.flows.values()) {
        const old = before?.flows.get(flow.id);
        if (old === undefined || JSON.stringify(old) === JSON.stringify(flow)) continue;
        const otherwise = this.findChangedCase(id, old, flow);
        if (otherwise === undefined) continue;
        if (outcomesOf(old) === outcomesOf(flow))
          return {
            fate: 'silent',
            what: `case ${otherwise} of ${id}/${flow.id} comes out otherwise, and nothing says so`,
          };
        fate = 'table';
      }
      const gone = [...(before?.flows.keys() ?? [])].filter((flow) => !area.flows.has(flow));
      if (gone.length > 0) return { fate: 'silent', what: `${id} has lost ${gone.join(', ')}, and nothing says so` };
    }
    return { fate };
  }

  private findChangedCase(area: string, old: Flow, flow: Flow): string | undefined {
    const cases = [area, NATIONAL].flatMap((folder) => [...(this.library.areas.get(folder)?.cases ?? [])]);
    const found = cases.find(
      ([, { flow: of, answers }]) => of === flow.id && this.resultOf(old, answers) !== this.resultOf(flow, answers),
    );
    return found?.[0];
  }

  /** Everything that a case could demand, and the times and numbers that the reader gets. */
  private resultOf(flow: Flow, raw: Record<string, unknown>): string {
    const { answers } = readAnswers(flow, raw, this.today);
    const outcome = outcomeOf(flow, walk(flow, answers));
    const ids = MANY.map((topic) => `${topic} ${[...outcome[topic]].sort().join(' ')}`);
    const single = ['level' as const, ...SINGLE].map((topic) => `${topic} ${outcome[topic]}`);
    const times = [...outcome.next].map((id) => `${id} ${flow.next[id]?.within} ${flow.next[id]?.with}`);
    const ways = [...outcome.contact].map(
      (id) =>
        `${id} ${JSON.stringify([flow.contacts[id]?.phones.map(({ number }) => number), flow.contacts[id]?.email, flow.contacts[id]?.web])}`,
    );
    return [...single, ...ids, ...times.sort(), ...ways.sort()].join('\n');
  }
}
