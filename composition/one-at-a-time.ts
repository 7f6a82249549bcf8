import { BusyError } from '../api/ports.ts'

/**
 * Returns the work such that one call runs at a time, in the order of the calls. With `waitingMax` unfinished calls, a
 * further one is rejected with `BusyError`.
 */
export function oneAtATime<Request, Result>(
  work: (request: Request) => Promise<Result>,
  { waitingMax, busy }: { readonly waitingMax: number; readonly busy: string },
): (request: Request) => Promise<Result> {
  let before: Promise<unknown> = Promise.resolve()
  let waiting = 0
  return async (request) => {
    if (waiting >= waitingMax) throw new BusyError(busy)
    waiting++
    const result = before.then(() => work(request))
    before = result.catch(() => {})
    try {
      return await result
    } finally {
      waiting--
    }
  }
}
