/** Position of a listed phrase in a text. */
export interface FoundPhrase<Meaning> {
  readonly phrase: string
  readonly meaning: Meaning
  /** UTF-16 units of the text. */
  readonly start: number
  readonly end: number
}

/** Finds the phrases of a list in a text: from left to right, the longest where several begin, none within another. */
export type PhraseFinder<Meaning> = (text: string) => FoundPhrase<Meaning>[]

const LETTER = /[\p{Script=Latin}\p{N}]/u

/**
 * Upper and lower case are the same. A phrase of Latin letters is found as whole words only; Chinese has no spaces
 * between words.
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

/** Of the same length as the text, so that places hold for both: a letter that grows in lower case stays as it is. */
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
