import { ProblemError } from '../http/problem.ts'
import type { Slots } from '../http/slots.ts'

/** Runs what reads all customers, one at a time. Throws a problem if others take too long. */
export async function inSlot<Result>(slots: Slots, run: () => Promise<Result>): Promise<Result> {
  if (!(await slots.take()))
    throw new ProblemError('unavailable', 'Another group is being counted: try again in a few seconds.')
  try {
    return await run()
  } finally {
    slots.release()
  }
}
