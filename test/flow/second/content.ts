/**
 * The raw text of the content, looked up as `flows/README.md` says: first in the area, then in the national content. It
 * uses nothing from `server/flow`, because this is compared with what the reader, the checks and the compiler there
 * make of the content.
 */
import { parse } from 'yaml';

export type Tree = string | Tree[] | { [key: string]: Tree };
export type Branch = { [key: string]: Tree };
export interface RawFile {
  folder: string;
  name: string;
  text: string;
}

export function branch(tree: Tree | undefined): Branch {
  return tree !== undefined && typeof tree === 'object' && !Array.isArray(tree) ? tree : {};
}

/** One item or a list of them: an author may write either. */
export function list(tree: Tree | undefined): string[] {
  if (tree === undefined) return [];
  return (Array.isArray(tree) ? tree : [tree]) as string[];
}

export function wording(tree: Tree | undefined): string | undefined {
  return typeof tree === 'string' ? tree.trim() : undefined;
}

/** File → its parsed content. Each area is walked with the national files, which never change once they are read. */
const parsedFiles = new WeakMap<RawFile, Branch>();

function parseFile(file: RawFile): Branch {
  const parsed = parsedFiles.get(file) ?? branch(parse(file.text, { schema: 'failsafe' }) as Tree);
  parsedFiles.set(file, parsed);
  return parsed;
}

/** Files that the checks and the proof read, but a walk never does. */
const NOT_WALKED = /^(cases|safety)\.yaml$|^(languages|instruments)\//;

export class RawContent {
  private readonly folders = new Map<string, Map<string, Branch>>();
  private readonly questions = new Map<string, Branch>();
  readonly area: string;
  private readonly today: string;

  constructor(files: readonly RawFile[], area: string, today: string) {
    this.area = area;
    this.today = today;
    for (const file of files) {
      const { folder, name } = file;
      if ((folder !== area && folder !== 'national') || NOT_WALKED.test(name)) continue;
      this.folders.set(folder, (this.folders.get(folder) ?? new Map()).set(name, parseFile(file)));
    }
  }

  private inOrder(): Map<string, Branch>[] {
    return [this.area, 'national'].map((folder) => this.folders.get(folder) ?? new Map());
  }

  flow(id: string): Branch {
    const found = this.inOrder().find((files) => files.has(`${id}.yaml`));
    if (found === undefined) throw new Error(`no flow ${id}`);
    return found.get(`${id}.yaml`) ?? {};
  }

  steps(flow: string): Branch[] {
    return (this.flow(flow).steps as Branch[])
      .filter((step) => this.isInForce(step))
      .map((step) => this.asStrictAsHere(flow, step));
  }

  /** The area's own word replaces the national one, and its source is added to those of the step. */
  private asStrictAsHere(flow: string, step: Branch): Branch {
    const own = this.folders.get(this.area);
    if (own?.has(`${flow}.yaml`)) return step;
    const laid = branch(branch(branch(own?.get('stricter.yaml')).stricter)[flow])[String(step.end ?? step.advise)];
    if (laid === undefined) return step;
    const { why: _why, cite, ...words } = branch(laid);
    return { ...step, ...words, cite: [...list(step.cite), ...list(cite)] };
  }

  /** Either in questions.yaml or at one of the steps that ask it. */
  question(id: string): Branch {
    const question = this.questions.get(id) ?? this.findQuestion(id);
    this.questions.set(id, question);
    return question;
  }

  private findQuestion(id: string): Branch {
    for (const files of this.inOrder()) {
      const written = branch(files.get('questions.yaml')?.questions)[id];
      if (written !== undefined) return branch(written);
      for (const file of files.values()) {
        // Only a flow contains its own name and a ladder.
        if (wording(file.flow) === undefined) continue;
        const step = ((file.steps ?? []) as Branch[]).find((one) => one.ask === id && one.question !== undefined);
        if (step !== undefined) return step;
      }
    }
    throw new Error(`no question ${id}`);
  }

  /** Meaning id → its kinds. */
  meanings(): Map<string, string[]> {
    const written = branch(this.folders.get('national')?.get('meanings.yaml')?.meanings);
    return new Map(Object.entries(written).map(([id, meaning]) => [id, list(branch(meaning).kind)]));
  }

  /**
   * What this kind of reader is told instead of an end that would send them to themselves; empty if nothing is written.
   */
  actsThemselves(reader: string): Branch {
    const written = branch(this.folders.get('national')?.get('meanings.yaml')?.meanings);
    return branch(branch(written[reader])['acts themselves']);
  }

  highestLevel(): string {
    const scale = branch(branch(this.folders.get(this.area)?.get('area.yaml')).scale);
    return String(Object.keys(scale).length);
  }

  /** One entry of a table, such as a contact; empty if it does not exist. */
  entry(file: string, table: string, id: string): Branch {
    const entries = this.inOrder().map((files) => branch(branch(files.get(`${file}.yaml`))[table])[id]);
    return branch(entries.find((entry) => entry !== undefined));
  }

  contact(id: string): string {
    const own = branch(this.folders.get(this.area)?.get('area.yaml'));
    return wording(id === 'front_door' ? own['front door'] : branch(own['own contacts'])[id]) ?? id;
  }

  /** A step that depends on a law applies from the day on which the law is in force. */
  private isInForce(step: Branch): boolean {
    if (step.law === undefined) return true;
    const source = this.inOrder()
      .map((files) => branch(files.get('sources.yaml')?.sources)[String(step.law)])
      .find((found) => found !== undefined);
    const from = wording(branch(source)['in force from']);
    return from !== undefined && from !== 'not known' && from <= this.today;
  }
}
