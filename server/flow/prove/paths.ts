/** Operations on one formula: restricting it to given answers, its lightest example, and the share of all combinations that it covers. */
import { ALWAYS, type Diagrams, type Formula, NEVER } from './diagram.ts';

/** A value for every variable. */
export type Assignment = Uint8Array;

/** The formula that remains when these variables are fixed. */
export function restrict(diagrams: Diagrams, formula: Formula, known: ReadonlyMap<number, boolean>): Formula {
  const visit = remembering((node) => {
    const variable = diagrams.variableOf(node);
    const value = known.get(variable);
    if (value !== undefined) return visit(value ? diagrams.highOf(node) : diagrams.lowOf(node));
    return diagrams.node(variable, visit(diagrams.lowOf(node)), visit(diagrams.highOf(node)));
  });
  return visit(formula);
}

/** Whether the formula can still become `target` (NEVER or ALWAYS) when these variables are fixed. */
export function canBe(
  diagrams: Diagrams,
  formula: Formula,
  known: ReadonlyMap<number, boolean>,
  target: Formula,
): boolean {
  const seen = new Set<Formula>();
  const open = [formula];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node === target) return true;
    if (node <= ALWAYS || seen.has(node)) continue;
    seen.add(node);
    const value = known.get(diagrams.variableOf(node));
    if (value !== true) open.push(diagrams.lowOf(node));
    if (value !== false) open.push(diagrams.highOf(node));
  }
  return false;
}

/**
 * The assignment of least weight that makes the formula true. `weights` gives the cost of "true" for each variable. Undefined if there is
 * none.
 */
export function lightest(diagrams: Diagrams, formula: Formula, weights: readonly number[]): Assignment | undefined {
  if (formula === NEVER) return undefined;
  const weightOf = (node: Formula): number =>
    node === NEVER ? Number.POSITIVE_INFINITY : node === ALWAYS ? 0 : weigh(node);
  const weigh: (node: Formula) => number = remembering((node) =>
    Math.min(weightOf(diagrams.lowOf(node)), weightOfYes(node)),
  );
  const weightOfYes = (node: Formula) => (weights[diagrams.variableOf(node)] ?? 0) + weightOf(diagrams.highOf(node));
  const assignment = new Uint8Array(diagrams.variables);
  for (let node = formula; node !== ALWAYS; ) {
    const yes = weightOfYes(node) < weightOf(diagrams.lowOf(node));
    if (yes) assignment[diagrams.variableOf(node)] = 1;
    node = yes ? diagrams.highOf(node) : diagrams.lowOf(node);
  }
  return assignment;
}

/** The probability that the formula is true, from 0 to 1. `chances` gives the probability of "true" for each variable. */
export function shareOf(diagrams: Diagrams, formula: Formula, chances: readonly number[]): number {
  const visit: (node: Formula) => number = remembering((node) => {
    const chance = chances[diagrams.variableOf(node)] ?? 0.5;
    return chance * visit(diagrams.highOf(node)) + (1 - chance) * visit(diagrams.lowOf(node));
  });
  return visit(formula);
}

/**
 * Changes whenever the formula does. Built from variable names and structure instead of node numbers, so that it can be stored in a file.
 */
export function fingerprintOf(diagrams: Diagrams, formula: Formula, names: readonly string[]): string {
  const visit: (node: Formula) => number = remembering((node) =>
    hash(`${names[diagrams.variableOf(node)]} ${visit(diagrams.lowOf(node))} ${visit(diagrams.highOf(node))}`),
  );
  return visit(formula).toString(16).padStart(8, '0');
}

/** Every node of the formula, except NEVER and ALWAYS. */
export function nodesOf(diagrams: Diagrams, formula: Formula): Set<Formula> {
  const seen = new Set<Formula>();
  const open = formula > ALWAYS ? [formula] : [];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    for (const child of [diagrams.lowOf(node), diagrams.highOf(node)]) if (child > ALWAYS) open.push(child);
  }
  return seen;
}

/** Computes each node once. NEVER is 0 and ALWAYS is 1, which is right both for formulas and for shares. */
function remembering(compute: (node: Formula) => number): (node: Formula) => number {
  const memory = new Map<Formula, number>();
  return (node) => {
    if (node <= ALWAYS) return node;
    const known = memory.get(node);
    if (known !== undefined) return known;
    const result = compute(node);
    memory.set(node, result);
    return result;
  };
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value >>> 0;
}
