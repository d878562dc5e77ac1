/** Whether the checks, the worked cases or the proof notice a mutant. */
import { runCase } from '../../server/flow/check/cases.ts';
import { type CheckedArea, checkArea } from '../../server/flow/check/check.ts';
import { loadLibrary, type ReadArea, type ReadLibrary } from '../../server/flow/check/library.ts';
import type { Flow } from '../../server/flow/flow.ts';
import type { Content } from '../../server/flow/language/content.ts';
import type { ContentFile } from '../../server/flow/language/folder.ts';
import { NATIONAL } from '../../server/flow/national.ts';
import { hasErrors, type Problem } from '../../server/flow/problem.ts';
import { proveOne } from '../../server/flow/prove/all.ts';
import { isProved, type Proof } from '../../server/flow/prove/prove.ts';
import { findDead } from '../../server/flow/prove/together.ts';
import { type Mutant, mutate } from './mutant.ts';
import { tableOf } from './same.ts';
import { withFile } from './with-file.ts';

/** `same`: nothing notices it, and the outcome is proved to be the same in every interview. */
export type Verdict = 'check' | 'case' | 'proof' | 'same' | 'survived';

interface Proved {
  area: string;
  text: string;
  proof: Proof;
}

/** An area with the mutant in it. */
interface Changed {
  area: ReadArea;
  rules: CheckedArea['rules'];
  problems: Problem[];
  /** The flows that differ from the original. */
  changed: { flow: Flow; text: string }[];
}

export class Judge {
  readonly library: ReadLibrary;
  readonly files: readonly ContentFile[];
  private readonly today: string;
  private readonly proved: Proved[];
  /** Number of dead steps in the original, which are only warnings and do not catch a mutant. */
  private readonly dead: number;

  constructor(files: readonly ContentFile[], today: string) {
    const { library, problems } = loadLibrary([...files], today);
    if (hasErrors(problems)) throw new Error('the content has mistakes: mutants of it would tell nothing');
    this.library = library;
    this.files = files;
    this.today = today;
    this.proved = [...library.areas].flatMap(([area, read]) =>
      [...read.flows.values()].map((flow) => ({
        area,
        text: JSON.stringify(flow),
        proof: proveOne(library, read, flow, today),
      })),
    );
    const unproved = this.proved.filter(({ proof }) => !isProved(proof)).map(({ proof }) => proof.flow.id);
    if (unproved.length > 0) throw new Error(`not proved as it stands: ${unproved.join(', ')}`);
    this.dead = findDead(this.proved.map(({ proof }) => proof)).length;
  }

  judge(mutant: Mutant): Verdict {
    const file = this.files.find(({ folder, name }) => folder === mutant.folder && name === mutant.name);
    if (file === undefined) throw new Error(`no file ${mutant.folder}/${mutant.name}`);
    const home = this.library.areas.get(mutant.folder)?.content;
    if (home === undefined) throw new Error(`no area ${mutant.folder}`);
    const { content, problems } = withFile(home, mutant.name, mutate(file, mutant));
    if (hasErrors(problems)) return 'check';
    const areas = [...this.library.areas.values()].filter(
      ({ content }) => mutant.folder === NATIONAL || content === home,
    );
    const checked = areas.map((area) => this.check(area, content));
    if (hasErrors(checked.flatMap((one) => one.problems))) return 'check';
    return checked.some((one) => this.failsCase(one)) ? 'case' : this.prove(checked);
  }

  private check(area: ReadArea, content: Content): Changed {
    const national = this.library.areas.get(NATIONAL)?.content;
    const of = (other: Content | undefined) => (other?.folder === content.folder ? content : other);
    const [own, shared] = [of(area.content) as Content, of(national)];
    const scope = { own: { ...own, cases: new Map() }, ...(own.folder !== NATIONAL && shared && { national: shared }) };
    const { flows, rules, problems } = checkArea(scope, this.today);
    const changed = [...flows.values()].flatMap((flow) => {
      const text = JSON.stringify(flow);
      return this.find(area.facts.id, flow)?.text === text ? [] : [{ flow, text }];
    });
    return { area, rules, problems, changed };
  }

  /** Runs only the cases of the changed flows: all others give the same result as before. */
  private failsCase({ area, changed }: Changed): boolean {
    return [...area.content.cases.values()].some((located) => {
      const flow = changed.find(({ flow: { id } }) => id === located.value.flow)?.flow;
      return flow !== undefined && runCase(flow, located, this.today).problems.length > 0;
    });
  }

  private prove(checked: readonly Changed[]): Verdict {
    const changed: Proved[] = [];
    for (const { area, rules, changed: flows } of checked) {
      const library = this.libraryWith(area, rules);
      const changedArea = library.areas.get(area.facts.id) as ReadArea;
      for (const { flow, text } of flows) {
        const proof = proveOne(library, changedArea, flow, this.today);
        if (!isProved(proof)) return 'proof';
        changed.push({ area: area.facts.id, text, proof });
      }
    }
    if (this.isIdleOrDead(changed)) return 'proof';
    return changed.every((one) => this.isSame(one)) ? 'same' : 'survived';
  }

  /** The area's rules belong to the mutant's own compilation, although they are the same. */
  private libraryWith(area: ReadArea, rules: CheckedArea['rules']): ReadLibrary {
    return { ...this.library, areas: new Map([...this.library.areas, [area.facts.id, { ...area, rules }]]) };
  }

  private find(area: string, flow: Flow): Proved | undefined {
    return this.proved.find((one) => one.area === area && one.proof.flow.id === flow.id);
  }

  private isIdleOrDead(changed: readonly Proved[]): boolean {
    const isChanged = (one: Proved) =>
      changed.some((other) => other.area === one.area && other.proof.flow.id === one.proof.flow.id);
    const all = [...this.proved.filter((one) => !isChanged(one)), ...changed];
    if (findDead(all.map(({ proof }) => proof)).length > this.dead) return true;
    return speaking(this.proved).size > speaking(all).size;
  }

  private isSame({ area, proof }: Proved): boolean {
    const before = this.find(area, proof.flow)?.proof.flow;
    return before !== undefined && tableOf(before) === tableOf(proof.flow);
  }
}

/** The rules that apply to at least one interview. */
function speaking(all: readonly Proved[]): Set<string> {
  const verdicts = all.flatMap(({ proof }) => proof.rules.filter(({ result }) => result !== 'vacuous'));
  return new Set(verdicts.map(({ rule }) => `${rule.at.file} ${rule.id}`));
}
