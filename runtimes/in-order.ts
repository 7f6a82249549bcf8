/**
 * Returns a function that settles promises in the order in which they were passed in, whichever is done first. A
 * rejection does not hold up the others.
 */
export function inOrder(): <Value>(work: Promise<Value>) => Promise<Value> {
  let before: Promise<unknown> = Promise.resolve()
  return (work) => {
    // Marks a rejection before its turn as handled; it is still reported in its turn.
    work.catch(() => {})
    const own = before.then(() => work)
    before = own.catch(() => {})
    return own
  }
}
