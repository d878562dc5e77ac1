/** `npm run build`: what browsers load, and the server. With `--if-stale` only what is older than what it is made from. */
import { buildServer, isServerStale } from './server/build.ts';
import { buildStatic, isStaticStale } from './static/build.ts';

const always = !process.argv.includes('--if-stale');
await Promise.all([(always || isStaticStale()) && buildStatic(), (always || isServerStale()) && buildServer()]);
