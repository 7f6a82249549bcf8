import { foldedText, maskedText } from './masked-text.ts'

/** Number of characters that are compared, from the beginning of a text; no report is as long. */
export const CHARACTERS_COMPARED_MAX = 20_000

/** A clause: the text between two punctuation marks or line ends. */
export interface Clause {
  readonly letters: string
  /** Length in Chinese characters; a letter of an alphabet counts a third. */
  readonly length: number
  /** Hash of the letters, 32 bits. */
  readonly hash: number
}

const boundaries = /[。！？!?;；…，、,\n\r]+|\.(?=\s|$)|[:：](?!\p{N})|(?<=[\p{Script=Han}◦])\s+|\s+(?=\p{Script=Han})/u
const notLetters = /[^\p{L}\p{M}0◦]+/gu
const notVerbatim = /[^\p{L}\p{M}\p{N}]+/gu
const wide = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu

/** Returns the part of a text that is compared, folded. */
export function comparedText(text: string): string {
  return foldedText(text.slice(0, CHARACTERS_COMPARED_MAX))
}

/** Returns the clauses of a compared text, with names and numbers masked. Clauses without letters are left out. */
export function clausesOf(compared: string): Clause[] {
  const clauses: Clause[] = []
  for (const part of maskedText(compared).split(boundaries)) {
    const letters = part.replace(notLetters, '')
    if (letters !== '') clauses.push({ letters, length: lengthOf(letters), hash: hashOf(letters) })
  }
  return clauses
}

/** Returns the hashes of a text's clauses, with names and numbers masked, as `ClauseUsers` counts them. */
export function clauseHashes(text: string): number[] {
  return clausesOf(comparedText(text)).map(({ hash }) => hash)
}

/** Returns the distinct hashes of the clauses of a compared text, names and numbers included, in ascending order. */
export function verbatimClauses(compared: string): Uint32Array {
  const hashes = new Set<number>()
  for (const part of compared.toLowerCase().split(boundaries)) {
    const letters = part.replace(notVerbatim, '')
    if (letters !== '') hashes.add(hashOf(letters))
  }
  return Uint32Array.from(hashes).sort()
}

/** Returns the length in Chinese characters. */
function lengthOf(letters: string): number {
  const characters = letters.match(wide)?.length ?? 0
  return characters + (letters.length - characters) / 3
}

/** FNV-1a, mixed as in MurmurHash3. */
function hashOf(letters: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < letters.length; at++) hash = Math.imul(hash ^ letters.charCodeAt(at), 0x01000193)
  return mixed(hash)
}

/** Spreads differences over all 32 bits. */
export function mixed(hash: number): number {
  let bits = hash
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return (bits ^ (bits >>> 16)) >>> 0
}
