import { describe, expect, it } from 'vitest';
import {
  createTree,
  hashLeaf,
  hashNode,
  isIncluded,
  proveInclusion,
  type ReadNode,
  readPeaks,
} from '../../server/audit/merkle-tree.ts';

/**
 * Test vectors of the Certificate Transparency reference implementation: the roots over the first 1 to 8 of these
 * leaves.
 */
const VECTORS = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

function nodesOver(leaves: Buffer[]): ReadNode {
  const read: ReadNode = async (level, index) =>
    level === 0
      ? (leaves[index] as Buffer)
      : hashNode(await read(level - 1, 2 * index), await read(level - 1, 2 * index + 1));
  return read;
}

describe('the tree', () => {
  const leaves = VECTORS.map((hex) => hashLeaf(Buffer.from(hex, 'hex').toString('latin1')));

  it('has the roots of the test vectors of Certificate Transparency', () => {
    const tree = createTree({ size: 0, peaks: [] });
    const roots = leaves.map((leaf) => {
      tree.add(leaf);
      return tree.root()?.toString('hex');
    });
    expect(roots).toEqual(ROOTS);
  });

  it('proves each line at each size, and nothing else', async () => {
    const many = Array.from({ length: 70 }, (_, index) => hashLeaf(`line ${index}`));
    const read = nodesOver(many);
    const tree = createTree({ size: 0, peaks: [] });
    for (let size = 1; size <= many.length; size++) {
      tree.add(many[size - 1] as Buffer);
      const root = tree.root() as Buffer;
      const again = createTree({ size, peaks: await readPeaks(size, read) });
      expect(again.root()).toEqual(root);
      for (let index = 0; index < size; index++) {
        const path = await proveInclusion(index, size, read);
        const proof = { leaf: many[index] as Buffer, index, size, path, root };
        expect(isIncluded(proof), `${index} of ${size}`).toBe(true);
        expect(isIncluded({ ...proof, leaf: hashLeaf('another') })).toBe(false);
        expect(isIncluded({ ...proof, index: index + 1 })).toBe(false);
        expect(isIncluded({ ...proof, root: hashLeaf('another') })).toBe(false);
        expect(isIncluded({ ...proof, path: [...path, root] })).toBe(false);
        if (path.length > 0) expect(isIncluded({ ...proof, path: path.slice(1) })).toBe(false);
      }
    }
  });
});
