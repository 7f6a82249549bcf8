/** Reads the first item before the response starts, so that an early failure is a problem and not a truncated file. */
export async function startBeforeResponse<T>(items: AsyncGenerator<T>): Promise<AsyncIterable<T>> {
  let first: IteratorResult<T> | undefined = await items.next()
  const iterator: AsyncIterator<T> = {
    next() {
      const next = first === undefined ? items.next() : Promise.resolve(first)
      first = undefined
      return next
    },
    return: () => items.return(undefined),
  }
  return { [Symbol.asyncIterator]: () => iterator }
}
