/** The start page of each role: people get there after signing in, and every page links to it. */
import { paths } from '../../server/base/paths.ts';
import type { Role } from '../../server/people/permissions.ts';

interface Home {
  href: string;
  /** Words of the link in the header. */
  words: string;
}

const DESK = { href: paths.desk(), words: 'Duty desk' };

export const HOMES: Record<Role, Home> = {
  'duty worker': DESK,
  'operational manager': DESK,
  'safeguarding lead': DESK,
  'specialist worker': { href: paths.pathways(), words: 'Pathways' },
  administrator: { href: paths.people(), words: 'People' },
};
