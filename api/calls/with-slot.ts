import { ProblemError } from '../http/problem.ts'
import type { Slots } from '../http/slots.ts'

/** Runs an expensive read in a slot. Throws a problem that says `why` if no slot becomes free in time. */
export async function withSlot<Result>(
  slots: Slots,
  run: () => Promise<Result>,
  why = 'Other customer groups are being counted',
): Promise<Result> {
  if (!(await slots.take())) throw new ProblemError('unavailable', `${why}: try again in a few seconds.`)
  try {
    return await run()
  } finally {
    slots.release()
  }
}
