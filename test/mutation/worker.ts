/** One of the processes of `npm run mutants`. */
import { work } from './run.ts';

const [root = 'flows', today = '', first, every, until] = process.argv.slice(2);
process.send?.(work({ root, today }, Number(first), Number(every), Number(until)), () => process.exit(0));
