/** Enough for a few concurrent requests. */
const KEPT_MAX = 32

/**
 * Creates a parser of feature rows as PostgreSQL writes them, `{1.5,NaN,-2}`: one list without nulls or quotes. pg's
 * general array parser would take most of the query time. Several scores of a customer often refer to the same
 * features, so the same text comes repeatedly. It is parsed once, and the shared lists are frozen.
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
