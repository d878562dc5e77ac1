/**
 * Formulas over yes/no variables, stored as reduced ordered binary decision diagrams (Bryant, 1986). A node tests one variable and has two
 * children: the formula that remains if it is false, and if it is true. All diagrams test variables in the same order and equal nodes are
 * stored once, so two formulas that agree on every combination are the same number. "Never true" is therefore a single comparison, however
 * many combinations there are.
 */
export type Formula = number;
export const NEVER: Formula = 0;
export const ALWAYS: Formula = 1;

/** The proof was given up. It must then report "not proved", never "holds". */
export class TooLarge extends Error {}

export const NODE_LIMIT = 2_000_000;
/** Orders the constants after every real variable. */
const NO_VARIABLE = 0x7fffffff;
const CACHE_ENTRIES = 1 << 16;

export class Diagrams {
  /** Number of nodes, including the two constants NEVER and ALWAYS. */
  size = 2;
  variables = 0;
  private asks = new Int32Array(1 << 12).fill(NO_VARIABLE, 0, 2);
  private ifNo = new Int32Array(1 << 12);
  private ifYes = new Int32Array(1 << 12);
  /** Hash table to find an existing node; 0 is an empty slot. Its length is a power of two, and at least twice the number of nodes. */
  private slots = new Int32Array(1 << 13);
  /** Cached results of `choose`: test, then, otherwise, result. A newer result overwrites an older one in the same slot. */
  private readonly cache = new Int32Array(4 * CACHE_ENTRIES);
  private readonly limit: number;

  constructor(limit: number = NODE_LIMIT) {
    this.limit = limit;
  }

  /** A new variable, tested after all others. */
  addVariable(): number {
    return this.variables++;
  }

  /** True when the variable is true. */
  is(variable: number): Formula {
    return this.node(variable, NEVER, ALWAYS);
  }

  variableOf(formula: Formula): number {
    return this.asks[formula] as number;
  }

  lowOf(formula: Formula): Formula {
    return this.ifNo[formula] as number;
  }

  highOf(formula: Formula): Formula {
    return this.ifYes[formula] as number;
  }

  not(formula: Formula): Formula {
    return this.choose(formula, NEVER, ALWAYS);
  }

  and(...formulas: Formula[]): Formula {
    return formulas.reduce((a, b) => (a < b ? this.choose(a, b, NEVER) : this.choose(b, a, NEVER)), ALWAYS);
  }

  or(...formulas: Formula[]): Formula {
    return formulas.reduce((a, b) => (a < b ? this.choose(a, ALWAYS, b) : this.choose(b, ALWAYS, a)), NEVER);
  }

  /** True when `a` is true and `b` is not. */
  butNot(a: Formula, b: Formula): Formula {
    return this.choose(b, NEVER, a);
  }

  implies(a: Formula, b: Formula): boolean {
    return this.butNot(a, b) === NEVER;
  }

  /** If `test` then `then` else `otherwise`. All other operations are built from it. */
  choose(test: Formula, then: Formula, otherwise: Formula): Formula {
    if (test === ALWAYS || then === otherwise) return then;
    if (test === NEVER) return otherwise;
    if (then === ALWAYS && otherwise === NEVER) return test;
    const at = 4 * (mix(test, then, otherwise) & (CACHE_ENTRIES - 1));
    const { cache } = this;
    if (cache[at] === test && cache[at + 1] === then && cache[at + 2] === otherwise) return cache[at + 3] as number;
    const variable = Math.min(this.variableOf(test), this.variableOf(then), this.variableOf(otherwise));
    const no = this.choose(this.low(test, variable), this.low(then, variable), this.low(otherwise, variable));
    const yes = this.choose(this.high(test, variable), this.high(then, variable), this.high(otherwise, variable));
    const result = this.node(variable, no, yes);
    cache[at] = test;
    cache[at + 1] = then;
    cache[at + 2] = otherwise;
    cache[at + 3] = result;
    return result;
  }

  /** Returns the node with this test and these children, creating it if necessary. */
  node(variable: number, no: Formula, yes: Formula): Formula {
    if (no === yes) return no;
    const slot = this.findSlot(variable, no, yes);
    const found = this.slots[slot] as number;
    if (found !== 0) return found;
    if (this.size >= this.limit) throw new TooLarge(`more than ${this.limit} nodes`);
    if (this.size === this.asks.length) {
      this.grow();
      return this.node(variable, no, yes);
    }
    const created = this.size++;
    this.asks[created] = variable;
    this.ifNo[created] = no;
    this.ifYes[created] = yes;
    this.slots[slot] = created;
    return created;
  }

  private low(formula: Formula, variable: number): Formula {
    return this.asks[formula] === variable ? (this.ifNo[formula] as number) : formula;
  }

  private high(formula: Formula, variable: number): Formula {
    return this.asks[formula] === variable ? (this.ifYes[formula] as number) : formula;
  }

  private findSlot(variable: number, no: Formula, yes: Formula): number {
    const last = this.slots.length - 1;
    let slot = mix(variable, no, yes) & last;
    for (;;) {
      const node = this.slots[slot] as number;
      if (node === 0 || (this.asks[node] === variable && this.ifNo[node] === no && this.ifYes[node] === yes))
        return slot;
      slot = (slot + 1) & last;
    }
  }

  private grow(): void {
    this.asks = longer(this.asks);
    this.ifNo = longer(this.ifNo);
    this.ifYes = longer(this.ifYes);
    this.slots = new Int32Array(2 * this.slots.length);
    for (let node = 2; node < this.size; node++)
      this.slots[this.findSlot(this.variableOf(node), this.lowOf(node), this.highOf(node))] = node;
  }
}

function longer(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const twice = new Int32Array(2 * array.length);
  twice.set(array);
  return twice;
}

function mix(a: number, b: number, c: number): number {
  let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}
