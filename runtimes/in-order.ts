/**
 * Promises that settle in the order in which they were handed in, whichever work is done first; one that is rejected
 * holds up no other.
 */
export function inOrder(): <Value>(work: Promise<Value>) => Promise<Value> {
  let before: Promise<unknown> = Promise.resolve()
  return (work) => {
    // It may be rejected before its turn comes, and then is not forgotten.
    work.catch(() => {})
    const own = before.then(() => work)
    before = own.catch(() => {})
    return own
  }
}
