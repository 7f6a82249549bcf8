/** Formula that spreadsheets and databases wrap around text: `="00123"`. */
const formula = /^="(.*)"$/s
/** Code points of the zero of other scripts' digits. */
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50]
const otherDigit = /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0e50-\u0e59]/g

const plainNumber = /^[+-]?\d*[.,]?\d*$/

/** Returns whether a cell consists of digits with at most a sign and one mark, as most numbers do. */
export function isPlainNumber(cell: string): boolean {
  return plainNumber.test(cell)
}

/** Invisible text: white space, its HTML entities, direction marks and zero-width characters. */
const unseen = String.raw`(?:&nbsp;|&#160;|[\s\0\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff])+`
/** Cells that begin and end with a visible ASCII character, as most do. */
const seen = /^[!-~](?:.*[!-~])?$/s
const unseenAround = new RegExp(`^${unseen}|${unseen}$`, 'g')

/** Strips invisible text around a cell, and the formula that a spreadsheet wraps around text. */
export function bareCell(cell: string): string {
  const text = seen.test(cell) && !cell.includes('&') ? cell : cell.replaceAll(unseenAround, '')
  return text.startsWith('="') ? text.replace(formula, '$1').trim() : text
}

/**
 * Replaces look-alikes by ASCII digits, marks and signs: full-width letters, digits of other scripts, non-breaking
 * spaces, a true minus, and the apostrophe by which spreadsheets mark text.
 */
export function plainText(cell: string): string {
  const bare = bareCell(cell).replace(/^'(?=[\d+-])/, '')
  if (/^[\x00-\x7f]*$/.test(bare)) return bare
  return bare
    .normalize('NFKC')
    .replaceAll(otherDigit, (digit) => {
      const code = digit.charCodeAt(0)
      return String(code - ZEROS.findLast((zero) => zero <= code)!)
    })
    .replaceAll(/[\u2212\u2012\u2013]/g, '-')
    .replaceAll(/[\u2018\u2019]/g, "'")
    .replaceAll('\u066b', '.')
    .replaceAll('\u066c', ',')
    .trim()
}
