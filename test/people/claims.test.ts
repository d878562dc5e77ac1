import { describe, expect, it } from 'vitest';
import { readClaims } from '../../server/people/claims.ts';
import { ROLES } from '../../server/people/permissions.ts';

const rules = {
  roleClaim: 'roles',
  areaClaim: 'area',
  roles: new Map([['FD-Duty', 'duty worker' as const]]),
  areas: new Map([['200', 'bury']]),
};
const read = (roles: unknown, area: unknown = '200') => readClaims({ roles, area }, rules);

describe('the claims of an organisation', () => {
  it.each(ROLES)('let somebody in who only has the role %s', (role) => {
    expect(read(role)).toEqual({ role, area: 'bury' });
    expect(read(['somebody else’s word', role])).toEqual({ role, area: 'bury' });
  });

  it('may use the organisation’s own name for a role', () => {
    expect(read('FD-Duty')).toEqual({ role: 'duty worker', area: 'bury' });
  });

  it.each([
    [['administrator', 'safeguarding lead'], 'safeguarding lead'],
    [['safeguarding lead', 'duty worker'], 'duty worker'],
    [['duty worker', 'operational manager'], 'operational manager'],
    [[...ROLES], 'operational manager'],
  ])('of several roles, %j, the one that works with consultations counts: %s', (roles, role) => {
    expect(read(roles)).toEqual({ role, area: 'bury' });
  });

  it('let nobody in without a known role, or with no area or two', () => {
    for (const roles of [undefined, [], 'visitor', 7]) expect(read(roles)).toEqual({ refused: 'no role' });
    for (const area of [null, 'bury', '999']) expect(read('administrator', area)).toEqual({ refused: 'unknown area' });
    const two = readClaims(
      { roles: 'administrator', area: ['200', '300'] },
      {
        ...rules,
        areas: new Map([
          ['200', 'bury'],
          ['300', 'bolton'],
        ]),
      },
    );
    expect(two).toEqual({ refused: 'unknown area' });
  });
});
