/** Returns the total lag of all readers, in records; `undefined` if one of them is unknown. */
export function lagOfAll(readers: Iterable<{ lag(): number | undefined }>): number | undefined {
  let sum = 0
  for (const reader of readers) {
    const lag = reader.lag()
    if (lag === undefined) return undefined
    sum += lag
  }
  return sum
}
