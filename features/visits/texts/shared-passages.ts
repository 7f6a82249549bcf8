import { CHARACTERS_COMPARED_MAX, mixed } from './clauses.ts'
import { simplified } from './simplified.ts'

/** Minimum length of a passage, in Chinese characters and in letters of an alphabet, which carry less information. */
const CHARACTERS_MIN = 5
const LETTERS_MIN = 12
/** Maximum number of equal beginnings considered in the other text; more of them are a stock phrase. */
const STARTS_MAX = 32

/** The same words in two texts. Offsets are UTF-16 units from 0, ends exclusive. */
export interface SharedPassage {
  readonly from: number
  readonly to: number
  readonly otherFrom: number
  readonly otherTo: number
}

/** Compared letters of a text, with the offsets of each. */
interface Letters {
  readonly codes: readonly number[]
  readonly starts: readonly number[]
  readonly ends: readonly number[]
}

/**
 * Returns the passages that two texts have in common, for a reader who sees them side by side. Like the detector of
 * copies, it ignores case, width, punctuation, numbers, and traditional against simplified characters. Each part of the
 * first text is in one passage at most, the longest that begins there (greedy string tiling, Wise 1993).
 */
export function sharedPassages(text: string, other: string): SharedPassage[] {
  const one = lettersOf(text)
  const two = lettersOf(other)
  const starts = startsOf(two)
  const passages: SharedPassage[] = []
  for (let at = 0; at < one.codes.length;) {
    const { length, place } = longestAt(one, at, two, starts)
    if (length === 0) {
      at++
      continue
    }
    passages.push({
      from: one.starts[at]!,
      to: one.ends[at + length - 1]!,
      otherFrom: two.starts[place]!,
      otherTo: two.ends[place + length - 1]!,
    })
    at += length
  }
  return passages
}

function longestAt(one: Letters, at: number, two: Letters, starts: ReadonlyMap<number, readonly number[]>) {
  let best = { length: 0, place: 0 }
  for (const place of starts.get(hashAt(one.codes, at)) ?? []) {
    let length = 0
    while (at + length < one.codes.length && one.codes[at + length] === two.codes[place + length]) length++
    if (length > best.length && isLong(one.codes, at, length)) best = { length, place }
  }
  return best
}

function isLong(codes: readonly number[], at: number, length: number): boolean {
  if (length >= LETTERS_MIN) return true
  return length >= CHARACTERS_MIN && codes.slice(at, at + length).filter(isWide).length >= CHARACTERS_MIN
}

function startsOf({ codes }: Letters): ReadonlyMap<number, readonly number[]> {
  const starts = new Map<number, number[]>()
  for (let at = 0; at + CHARACTERS_MIN <= codes.length; at++) {
    const hash = hashAt(codes, at)
    const places = starts.get(hash)
    if (places === undefined) starts.set(hash, [at])
    else if (places.length < STARTS_MAX) places.push(at)
  }
  return starts
}

function hashAt(codes: readonly number[], at: number): number {
  let hash = 0x811c9dc5
  for (let index = at; index < at + CHARACTERS_MIN; index++) hash = Math.imul(hash ^ (codes[index] ?? 0), 0x01000193)
  return mixed(hash)
}

function lettersOf(text: string): Letters {
  const letters: { codes: number[]; starts: number[]; ends: number[] } = { codes: [], starts: [], ends: [] }
  let at = 0
  for (const character of text.slice(0, CHARACTERS_COMPARED_MAX)) {
    const end = at + character.length
    for (const folded of simplified(character.normalize('NFKC')).toLowerCase()) {
      if (!/[\p{L}\p{M}\p{N}]/u.test(folded)) continue
      // Numbers are what a copyist changes first, so all digits are equal.
      letters.codes.push(/\p{N}/u.test(folded) ? 0x30 : folded.codePointAt(0)!)
      letters.starts.push(at)
      letters.ends.push(end)
    }
    at = end
  }
  return letters
}

/** Chinese, Japanese and Korean characters. */
function isWide(code: number): boolean {
  return code >= 0x2e80
}
