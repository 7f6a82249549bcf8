/** Offsets in UTF-16 units, `to` exclusive, as in the API's passages. */
export interface Range {
  readonly from: number
  readonly to: number
}

export interface Piece {
  readonly text: string
  readonly isMarked: boolean
}

/** Splits the text into marked and unmarked pieces. Ranges may overlap, touch, or reach beyond the text. */
export function piecesOf(text: string, ranges: readonly Range[]): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  const add = (to: number, isMarked: boolean) => {
    if (to > at) pieces.push({ text: text.slice(at, to), isMarked })
    at = Math.max(at, to)
  }
  for (const { from, to } of merged(text, ranges)) {
    add(from, false)
    add(to, true)
  }
  add(text.length, false)
  return pieces
}

/** Sorts and merges the ranges, clips them to the text, and widens them to whole characters. */
function merged(text: string, ranges: readonly Range[]): Range[] {
  const inside = ranges
    .map(({ from, to }) => ({ from: Math.max(0, from), to: Math.min(text.length, to) }))
    .filter(({ from, to }) => from < to)
    .map(({ from, to }) => ({ from: splitsPair(text, from) ? from - 1 : from, to: splitsPair(text, to) ? to + 1 : to }))
    .sort((one, other) => one.from - other.from)
  const apart: Range[] = []
  for (const range of inside) {
    const last = apart.at(-1)
    if (last === undefined || range.from > last.to) apart.push(range)
    else apart[apart.length - 1] = { from: last.from, to: Math.max(last.to, range.to) }
  }
  return apart
}

/** Whether the offset lies within a surrogate pair. */
function splitsPair(text: string, at: number): boolean {
  const code = at > 0 && at < text.length ? text.codePointAt(at - 1)! : 0
  return code > 0xffff
}
