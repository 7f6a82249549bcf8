const SHOWN_CHARACTERS = 120
const BEFORE = 20

/** Shortens two texts for a report, starting shortly before the first difference. */
export function formatPair(wanted: string, got: string): [string, string] {
  let from = 0
  while (from < wanted.length && wanted[from] === got[from]) from++
  from = Math.max(0, from - BEFORE)
  return [piece(wanted, from), piece(got, from)]
}

function piece(text: string, from: number): string {
  const end = from + SHOWN_CHARACTERS
  return `${from > 0 ? '…' : ''}${text.slice(from, end)}${end < text.length ? '…' : ''}`
}
