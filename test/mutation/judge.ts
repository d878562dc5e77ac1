/** Whether the checks, the worked cases or the proof notice a mutant. */
import { type CheckedArea, checkArea } from '../../server/flow/check/check.ts';
import { type Content, readContent } from '../../server/flow/content.ts';
import type { Flow } from '../../server/flow/flow.ts';
import { type ContentFile, loadLibrary, NATIONAL, type ReadArea, type ReadLibrary } from '../../server/flow/library.ts';
import { hasErrors, type Problem } from '../../server/flow/problem.ts';
import { proveOne } from '../../server/flow/prove/all.ts';
import { outcomesOf } from '../../server/flow/prove/outcomes.ts';
import { isProved, type Proof } from '../../server/flow/prove/prove.ts';
import { findDead } from '../../server/flow/prove/together.ts';
import { type Mutant, mutate } from './mutant.ts';

/** `same`: nothing notices it, and it is proved that what comes out is the same in every interview. */
export type Verdict = 'check' | 'case' | 'proof' | 'same' | 'survived';

interface Proved {
  area: string;
  text: string;
  proof: Proof;
}

export class Judge {
  readonly library: ReadLibrary;
  readonly files: readonly ContentFile[];
  private readonly today: string;
  private readonly proved: Proved[];
  /** Dead as it stands, and told as a warning: no mutant is caught by it. */
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
    const checked = areas.map((area) => ({ area, ...this.check(area, content) }));
    const found = checked.flatMap((one) => one.problems).filter(({ kind }) => kind === 'error');
    if (found.length > 0) return found.every(isOfCase) ? 'case' : 'check';
    return this.prove(checked);
  }

  private check(area: ReadArea, changed: Content): CheckedArea {
    const national = this.library.areas.get(NATIONAL)?.content;
    const of = (content: Content | undefined) => (content?.folder === changed.folder ? changed : content);
    const [own, shared] = [of(area.content) as Content, of(national)];
    return checkArea({ own, ...(own.folder !== NATIONAL && shared !== undefined && { national: shared }) }, this.today);
  }

  private prove(checked: readonly ({ area: ReadArea } & CheckedArea)[]): Verdict {
    const changed: Proved[] = [];
    for (const { area, flows, rules } of checked) {
      const library = this.libraryWith(area, rules);
      const changedArea = library.areas.get(area.facts.id) as ReadArea;
      for (const flow of flows.values()) {
        const text = JSON.stringify(flow);
        if (this.find(area.facts.id, flow)?.text === text) continue;
        const proof = proveOne(library, changedArea, flow, this.today);
        if (!isProved(proof)) return 'proof';
        changed.push({ area: area.facts.id, text, proof });
      }
    }
    if (this.isIdleOrDead(changed)) return 'proof';
    return changed.every((one) => this.isSame(one)) ? 'same' : 'survived';
  }

  /** The rules of an area belong to the mutant's own compiling, though they say the same. */
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

/**
 * All that can come out, whatever the order in which it is listed; with what the table of outcomes leaves out: the times of next steps, and
 * the contact that an end recommends.
 */
function tableOf(flow: Flow): string {
  const steps = Object.values(flow.parts).flatMap((part) => part.steps);
  const first = steps.flatMap((step) => (step.kind === 'end' ? `${step.id} ${step.contacts[0]}` : []));
  const times = Object.values(flow.next).map(({ id, within, with: contact }) => `${id} ${within} ${contact}`);
  return [...outcomesOf(flow).split('\n'), ...times, ...first].sort().join('\n');
}

/** The rules that speak of some interview. */
function speaking(all: readonly Proved[]): Set<string> {
  const verdicts = all.flatMap(({ proof }) => proof.rules.filter(({ says }) => says !== 'vacuous'));
  return new Set(verdicts.map(({ rule }) => `${rule.at.file} ${rule.id}`));
}

function isOfCase({ message }: Problem): boolean {
  return message.startsWith('case "');
}

/** The content of a folder with one file in the place of what it was. */
export function withFile(content: Content, name: string, text: string): { content: Content; problems: Problem[] } {
  const { content: read, problems } = readContent(content.folder, [{ name, text }]);
  const file = `flows/${content.folder}/${name}`;
  const others = [...content.questions].filter(([, question]) => question.document.file !== file);
  const changed: Content = {
    ...content,
    questions: new Map([...others, ...read.questions]),
    flows: new Map([...content.flows, ...read.flows]),
    ...(name === 'timetable.yaml' && { next: read.next }),
  };
  return { content: changed, problems };
}
