/** Position of a listed phrase in a text. */
export interface FoundPhrase<Meaning> {
  readonly phrase: string
  readonly meaning: Meaning
  /** Offsets in UTF-16 code units; `end` is exclusive. */
  readonly start: number
  readonly end: number
}

/** Finds the listed phrases in a text from left to right. The longest match wins, and matches do not overlap. */
export type PhraseFinder<Meaning> = (text: string) => FoundPhrase<Meaning>[]

const LETTER = /[\p{Script=Latin}\p{N}]/u

/**
 * Returns a case-insensitive finder. Phrases in Latin letters match whole words only; Chinese has no spaces between
 * words.
 */
export function phraseFinder<Meaning>(
  phrases: Iterable<readonly [phrase: string, meaning: Meaning]>,
): PhraseFinder<Meaning> {
  const byFirst = new Map<string, (readonly [string, Meaning])[]>()
  for (const [phrase, meaning] of phrases) {
    const lower = phrase.toLowerCase()
    const first = lower[0]
    if (first === undefined) throw new Error('A phrase to look for is empty.')
    const others = byFirst.get(first) ?? []
    others.push([lower, meaning])
    byFirst.set(first, others)
  }
  for (const others of byFirst.values()) others.sort(([one], [other]) => other.length - one.length)

  return (text) => {
    const lower = lowerCase(text)
    const found: FoundPhrase<Meaning>[] = []
    for (let start = 0; start < lower.length;) {
      const match = byFirst
        .get(lower[start]!)
        ?.find(([phrase]) => lower.startsWith(phrase, start) && isWhole(lower, start, start + phrase.length))
      if (match === undefined) start++
      else {
        const [phrase, meaning] = match
        found.push({ phrase, meaning, start, end: start + phrase.length })
        start += phrase.length
      }
    }
    return found
  }
}

/**
 * Lower-cases a text without changing its length, so that offsets hold for both: a letter whose lower case is longer
 * stays as it is.
 */
export function lowerCase(text: string): string {
  const lower = text.toLowerCase()
  if (lower.length === text.length) return lower
  return Array.from(text, (letter) =>
    letter.toLowerCase().length === letter.length ? letter.toLowerCase() : letter,
  ).join('')
}

function isWhole(text: string, start: number, end: number): boolean {
  return !joins(text[start - 1], text[start]!) && !joins(text[end - 1], text[end])
}

function joins(left: string | undefined, right: string | undefined): boolean {
  return left !== undefined && right !== undefined && LETTER.test(left) && LETTER.test(right)
}
