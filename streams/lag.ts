/** Records that wait for all of them together; `undefined`: one of them does not know (yet) how many. */
export function lagOfAll(readers: Iterable<{ lag(): number | undefined }>): number | undefined {
  let sum = 0
  for (const reader of readers) {
    const lag = reader.lag()
    if (lag === undefined) return undefined
    sum += lag
  }
  return sum
}
