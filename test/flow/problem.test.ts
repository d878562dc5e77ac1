import { describe, expect, it } from 'vitest';
import { describeProblem, didYouMean, hasErrors, nearest, type Problem } from '../../server/flow/problem.ts';

const problem = (kind: Problem['kind']): Problem => ({ file: 'a.yaml', line: 2, column: 3, message: 'Wrong.', kind });

describe('a problem', () => {
  it('is described with its place, and as a warning if it is one', () => {
    expect(describeProblem(problem('error'))).toBe('a.yaml:2:3: Wrong.');
    expect(describeProblem(problem('warning'))).toBe('a.yaml:2:3: warning: Wrong.');
  });

  it('stops the server if it is an error', () => {
    expect(hasErrors([])).toBe(false);
    expect(hasErrors([problem('warning')])).toBe(false);
    expect(hasErrors([problem('warning'), problem('error')])).toBe(true);
  });
});

describe('the nearest word', () => {
  it.each<[string, string[], string | undefined]>([
    ['desk', ['desk'], 'desk'],
    ['dask', ['tusk', 'desk'], 'desk'],
    ['desk', ['dask', 'disk'], 'dask'],
    ['DESK', ['desk'], 'desk'],
    ['desk', ['DASK'], 'DASK'],
    ['desk', ['dusty'], undefined],
    ['abcd', ['abxy'], 'abxy'],
    ['abcd', ['axyz'], undefined],
    ['abcd', ['abcdef'], 'abcdef'],
    ['abcd', ['abcdefg'], undefined],
    ['abcdef', ['ab'], undefined],
    ['abcdef', ['abcd'], 'abcd'],
    ['abcdefghi', ['abcdefxyz'], 'abcdefxyz'],
    ['abcdefghi', ['abcdewxyz'], undefined],
    ['abcdefghijkl', ['abcdefghwxyz'], 'abcdefghwxyz'],
    ['abc', ['bcd'], 'bcd'],
    ['ab', ['cd'], 'cd'],
    ['abc', ['xyz'], undefined],
    ['', ['ab'], 'ab'],
    ['', ['abc'], undefined],
    ['ab', [''], ''],
    ['ab', [], undefined],
  ])('to “%s” of %j is %s', (word, known, expected) => {
    expect(nearest(word, known)).toBe(expected);
  });

  it('is suggested', () => {
    expect(didYouMean('dask', ['desk'])).toBe(' Did you mean "desk"?');
    expect(didYouMean('dask', ['other'])).toBe('');
  });
});
