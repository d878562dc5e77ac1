/** How every command ends that cannot do its work: in words, without a stack, and with 1. */
import { describeUnavailable, StoreUnavailable } from '../store/failure.ts';

export function reportFailure(error: unknown): void {
  console.error(error instanceof StoreUnavailable ? describeUnavailable(error) : (error as Error).message);
  process.exitCode = 1;
}
