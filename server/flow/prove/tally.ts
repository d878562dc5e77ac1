/** Collects formulas by id, and the marks of a topic by rank. */
import { ALWAYS, type Diagrams, type Formula, NEVER } from './diagram.ts';

/** A formula for each id; NEVER for an id that was never added. */
export class Tally {
  private readonly formulas = new Map<string, Formula>();
  private readonly diagrams: Diagrams;

  constructor(diagrams: Diagrams) {
    this.diagrams = diagrams;
  }

  add(id: string, formula: Formula): void {
    this.formulas.set(id, this.diagrams.or(this.of(id), formula));
  }

  of(id: string): Formula {
    return this.formulas.get(id) ?? NEVER;
  }

  /** Returns the formula of the id and removes it. */
  take(id: string): Formula {
    const formula = this.of(id);
    this.formulas.delete(id);
    return formula;
  }

  ids(): string[] {
    return [...this.formulas.keys()];
  }
}

/**
 * The marks of one topic, from weakest to strongest. Height 1 is level 1 or the weakest word. The strongest mark applies, so "height n
 * applies" means "at least n was collected, and not n + 1".
 */
export class Heights {
  /** At index n - 1: something of height n or more was collected. */
  private readonly reached: Formula[];
  private readonly diagrams: Diagrams;

  constructor(diagrams: Diagrams, top: number) {
    this.diagrams = diagrams;
    this.reached = Array.from({ length: top }, () => NEVER);
  }

  get top(): number {
    return this.reached.length;
  }

  add(height: number, formula: Formula): void {
    if (height > this.top) throw new Error(`there is no level ${height}: the scale ends at ${this.top}`);
    for (let n = 0; n < height; n++) this.reached[n] = this.diagrams.or(this.reached[n] as Formula, formula);
  }

  atLeast(height: number): Formula {
    return height <= 0 ? ALWAYS : (this.reached[height - 1] ?? NEVER);
  }

  /** Height 0: nothing was collected. */
  exactly(height: number): Formula {
    return this.diagrams.butNot(this.atLeast(height), this.atLeast(height + 1));
  }
}
