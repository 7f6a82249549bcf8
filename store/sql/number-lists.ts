/** As many as a few requests at a time read. */
const KEPT_MAX = 32

/**
 * Reads rows of features as PostgreSQL writes them, `{1.5,NaN,-2}`: one list, no nulls, no quotes. pg's general array
 * parser would take most of the query time. The scores of a customer have been made of the same features, so that the
 * same text comes several times in a row: it is taken apart once, and the lists, which are shared, can't be changed.
 */
export function createNumberLists(): (text: string) => readonly number[] {
  const kept = new Map<string, readonly number[]>()
  return (text) => {
    const known = kept.get(text)
    if (known !== undefined) return known
    const numbers = Object.freeze(text === '{}' ? [] : text.slice(1, -1).split(',').map(Number))
    if (kept.size >= KEPT_MAX) kept.delete(kept.keys().next().value!)
    kept.set(text, numbers)
    return numbers
  }
}
