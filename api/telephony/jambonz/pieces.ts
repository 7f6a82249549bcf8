/** At most 12 KB of JSON even if each character needs an escape, so that a verb always fits into a frame. */
const PIECE_CHARACTERS_MAX = 2_000

/** Splits a text after sentences, or else between words, into pieces that are said one after the other. */
export function piecesOf(text: string): string[] {
  const pieces: string[] = []
  let rest = text.trim()
  while (rest.length > PIECE_CHARACTERS_MAX) {
    const head = rest.slice(0, PIECE_CHARACTERS_MAX)
    const length = endOf(head, /[.!?。！？]\s*/g) ?? endOf(head, /\s+/g) ?? wholeCharacters(head)
    pieces.push(rest.slice(0, length).trim())
    rest = rest.slice(length).trim()
  }
  return rest === '' ? pieces : [...pieces, rest]
}

/** Returns the end of the last match; `undefined` if there is none. */
function endOf(text: string, pattern: RegExp): number | undefined {
  const last = [...text.matchAll(pattern)].at(-1)
  return last === undefined ? undefined : last.index + last[0].length
}

/** Returns the length without the first half of a surrogate pair at the end. */
const wholeCharacters = (text: string): number => (/[\ud800-\udbff]$/.test(text) ? text.length - 1 : text.length)
