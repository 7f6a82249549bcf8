import { packFloats, unpackFloats } from '../packed/packed-floats.ts'

/** Sparse rows (CSR): the values of row r are from `starts[r]` to `starts[r + 1]`. */
export interface SparseRows {
  readonly width: number
  readonly starts: Int32Array
  readonly columns: Int32Array
  readonly values: Float32Array
}

/** Vocabulary of a model, with the inverse document frequency of each term. */
export interface StoredTerms {
  readonly terms: readonly string[]
  /** Packed inverse document frequencies, ln((1 + texts) ÷ (1 + texts with the term)) + 1. */
  readonly rarities: string
}

/** Texts as rows of terms, and the vocabulary that was fitted to them. */
export interface ReadTerms {
  readonly stored: StoredTerms
  readonly rows: SparseRows
}

/** Minimum document frequency: rarer terms can't be learned. */
const TEXTS_MIN = 2
export const TERMS_MAX = 60_000

const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u
const WORDS = new RegExp(`${UNSPACED.source}+|(?:(?!${UNSPACED.source})[\\p{L}\\p{N}'])+`, 'gu')

/** Length of character n-grams, most of which the inflected forms of a word share. */
const NGRAM_LENGTH = 3

/**
 * Yields words, pairs of words, and character n-grams of words including their boundaries; for scripts without spaces,
 * n-grams of one to three characters.
 */
export function* termsOf(text: string): Generator<string> {
  let before: string | undefined
  for (const [word] of text.normalize('NFKC').toLowerCase().matchAll(WORDS)) {
    if (UNSPACED.test(word)) {
      const letters = Array.from(word)
      for (let end = 1; end <= letters.length; end++)
        for (let length = 1; length <= 3 && length <= end; length++) yield letters.slice(end - length, end).join('')
      before = undefined
    } else {
      yield word
      if (before !== undefined) yield `${before} ${word}`
      before = word
      const letters = Array.from(`<${word}>`)
      for (let end = NGRAM_LENGTH; end <= letters.length; end++) yield letters.slice(end - NGRAM_LENGTH, end).join('')
    }
  }
}

/** Fits a vocabulary of the most frequent terms. */
export function fitTerms(texts: readonly string[], termsMax = TERMS_MAX): StoredTerms {
  const counts = new Map<string, number>()
  for (const text of texts) for (const term of new Set(termsOf(text))) counts.set(term, (counts.get(term) ?? 0) + 1)
  const known = [...counts]
    .filter(([, count]) => count >= TEXTS_MIN)
    .sort(([one, oneCount], [other, otherCount]) => otherCount - oneCount || (one < other ? -1 : 1))
    .slice(0, termsMax)
  const rarities = known.map(([, count]) => Math.log((1 + texts.length) / (1 + count)) + 1)
  return { terms: known.map(([term]) => term), rarities: packFloats(rarities) }
}

/** Fits the terms of texts, and converts the same texts to rows. */
export function readTerms(texts: readonly string[], termsMax?: number): ReadTerms {
  const stored = fitTerms(texts, termsMax)
  return { stored, rows: termReader(stored)(texts) }
}

/**
 * Returns a function that converts texts to rows of tf-idf values: (1 + ln count) × inverse document frequency,
 * normalised to length 1 per text (Salton and Buckley 1988).
 */
export function termReader({ terms, rarities: packed }: StoredTerms): (texts: readonly string[]) => SparseRows {
  const columnByTerm = new Map(terms.map((term, column) => [term, column]))
  const rarities = unpackFloats(packed, terms.length)
  return (texts) => {
    const starts = new Int32Array(texts.length + 1)
    const columns: number[] = []
    const values: number[] = []
    texts.forEach((text, row) => {
      const counts = new Map<number, number>()
      for (const term of termsOf(text)) {
        const column = columnByTerm.get(term)
        if (column !== undefined) counts.set(column, (counts.get(column) ?? 0) + 1)
      }
      let squares = 0
      for (const [column, count] of counts) {
        const value = (1 + Math.log(count)) * rarities[column]!
        columns.push(column)
        values.push(value)
        squares += value * value
      }
      const length = Math.sqrt(squares)
      for (let i = values.length - counts.size; i < values.length; i++) values[i]! /= length
      starts[row + 1] = columns.length
    })
    return { width: terms.length, starts, columns: Int32Array.from(columns), values: Float32Array.from(values) }
  }
}
