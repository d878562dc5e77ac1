/** What is gathered on the way down: formulas by id, and heights of which the highest stands. */
import { ALWAYS, type Diagrams, type Formula, NEVER } from './diagram.ts';

/** A formula for each id; one that was never added is NEVER. */
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

  /** What was gathered for the id, which is then forgotten. */
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
 * The marks of one topic, from weak to strong. Height 1 is level 1 or the weakest word. Marks add up and the strongest stands, so "height
 * n stands" is "at least n was collected, and not n + 1".
 */
export class Heights {
  /** At [n - 1]: something of at least this height was collected. */
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
  stands(height: number): Formula {
    return this.diagrams.butNot(this.atLeast(height), this.atLeast(height + 1));
  }
}
