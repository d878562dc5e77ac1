/** Compares formulas with their truth tables. */
import { describe, expect, it } from 'vitest';
import { ALWAYS, Diagrams, type Formula, NEVER, TooLarge } from '../../server/flow/prove/diagram.ts';

const create = (count = 3) => {
  const diagrams = new Diagrams();
  const variables = Array.from({ length: count }, () => diagrams.is(diagrams.addVariable()));
  return { diagrams, variables: variables as [Formula, Formula, Formula, ...Formula[]] };
};

/** The formula's value for each of the eight combinations of three variables. */
function tableOf(diagrams: Diagrams, formula: Formula): string {
  return Array.from({ length: 8 }, (_, row) => {
    let node = formula;
    while (node > ALWAYS)
      node = (row >> (2 - diagrams.variableOf(node))) & 1 ? diagrams.highOf(node) : diagrams.lowOf(node);
    return node;
  }).join('');
}

describe('a formula', () => {
  it.each<[string, (d: Diagrams, a: Formula, b: Formula, c: Formula) => Formula, string]>([
    ['a', (_d, a) => a, '00001111'],
    ['c', (_d, _a, _b, c) => c, '01010101'],
    ['not a', (d, a) => d.not(a), '11110000'],
    ['a and b', (d, a, b) => d.and(a, b), '00000011'],
    ['b and a', (d, a, b) => d.and(b, a), '00000011'],
    ['a and b and c', (d, a, b, c) => d.and(a, b, c), '00000001'],
    ['of nothing, and', (d) => d.and(), '11111111'],
    ['of nothing, or', (d) => d.or(), '00000000'],
    ['a or b', (d, a, b) => d.or(a, b), '00111111'],
    ['c or a', (d, a, _b, c) => d.or(c, a), '01011111'],
    ['a but not b', (d, a, b) => d.butNot(a, b), '00001100'],
    ['a but not a', (d, a) => d.butNot(a, a), '00000000'],
    ['if a then b else c', (d, a, b, c) => d.choose(a, b, c), '01010011'],
    ['if c then b else a', (d, a, b, c) => d.choose(c, b, a), '00011011'],
    ['if b then always else a', (d, a, b) => d.choose(b, ALWAYS, a), '00111111'],
    ['if always', (d, a, b) => d.choose(ALWAYS, a, b), '00001111'],
    ['if never', (d, a, b) => d.choose(NEVER, a, b), '00110011'],
    ['if a then a else never', (d, a) => d.choose(a, ALWAYS, NEVER), '00001111'],
  ])('%s', (_name, make, table) => {
    const { diagrams, variables } = create();
    const [a, b, c] = variables;
    expect(tableOf(diagrams, make(diagrams, a, b, c))).toBe(table);
  });

  it('is the same number as every equal formula', () => {
    const { diagrams: d, variables } = create();
    const [a, b, c] = variables;
    expect(d.and(a, d.and(b, c))).toBe(d.and(d.and(c, a), b));
    expect(d.not(d.and(a, b))).toBe(d.or(d.not(b), d.not(a)));
    expect(d.or(d.and(a, b), d.butNot(a, b))).toBe(a);
    expect(d.is(0)).toBe(a);
    expect(d.and(a, d.not(a))).toBe(NEVER);
    expect(d.or(a, d.not(a))).toBe(ALWAYS);
    expect([d.implies(d.and(a, b), a), d.implies(a, d.and(a, b))]).toEqual([true, false]);
  });

  it('has each node once, in the order of the variables', () => {
    const { diagrams, variables } = create();
    expect([diagrams.size, diagrams.variables]).toEqual([5, 3]);
    const both = diagrams.and(variables[1], variables[0]);
    expect([diagrams.size, diagrams.variableOf(both)]).toEqual([6, 0]);
    expect([diagrams.lowOf(both), diagrams.highOf(both)]).toEqual([NEVER, variables[1]]);
    diagrams.and(variables[0], variables[1]);
    expect(diagrams.size).toBe(6);
    expect(diagrams.node(2, both, both)).toBe(both);
    expect(diagrams.variableOf(NEVER)).toBe(diagrams.variableOf(ALWAYS));
    expect(diagrams.variableOf(NEVER)).toBeGreaterThan(1e9);
  });
});

describe('many formulas', () => {
  /** Of `count` variables, two neighbouring ones are true: this needs about two nodes for each variable. */
  const chain = (diagrams: Diagrams, count: number) => {
    let [one, row]: [Formula, Formula] = [NEVER, NEVER];
    for (let at = count - 1; at >= 0; at--) {
      const before = one;
      one = diagrams.node(at, NEVER, ALWAYS);
      row = diagrams.node(at, row, before === NEVER ? NEVER : diagrams.node(at + 1, row, ALWAYS));
    }
    return row;
  };

  it('stay distinct when there are thousands', () => {
    const diagrams = new Diagrams();
    const nodes = Array.from({ length: 9000 }, (_, at) => diagrams.node(at, NEVER, ALWAYS));
    expect(diagrams.size).toBe(9002);
    expect(new Set(nodes).size).toBe(9000);
    for (const at of [0, 1, 4093, 4094, 4095, 8189, 8190, 8999]) {
      const node = nodes[at] as Formula;
      expect([diagrams.variableOf(node), diagrams.lowOf(node), diagrams.highOf(node)]).toEqual([at, NEVER, ALWAYS]);
      expect(diagrams.node(at, NEVER, ALWAYS)).toBe(node);
      expect(diagrams.node(at, ALWAYS, NEVER)).not.toBe(node);
    }
  });

  it('are the same when they are made again', () => {
    const diagrams = new Diagrams();
    const row = chain(diagrams, 3000);
    const { size } = diagrams;
    expect(size).toBeGreaterThan(4096);
    expect(chain(diagrams, 3000)).toBe(row);
    expect(diagrams.size).toBe(size);
  });

  it('are given up at the limit', () => {
    const diagrams = new Diagrams(4);
    diagrams.is(diagrams.addVariable());
    diagrams.is(diagrams.addVariable());
    expect(diagrams.is(0)).toBeGreaterThan(ALWAYS);
    expect(() => diagrams.is(2)).toThrow(TooLarge);
    expect(() => diagrams.is(2)).toThrow('more than 4 nodes');
  });
});
