import { ProblemError } from '../http/problem.ts'
import type { Slots } from '../http/slots.ts'

/** Runs what reads all customers or calls, one at a time. Throws a problem, which says `why`, if others take too long. */
export async function inSlot<Result>(
  slots: Slots,
  run: () => Promise<Result>,
  why = 'Another group is being counted',
): Promise<Result> {
  if (!(await slots.take())) throw new ProblemError('unavailable', `${why}: try again in a few seconds.`)
  try {
    return await run()
  } finally {
    slots.release()
  }
}
