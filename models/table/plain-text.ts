/** Written by spreadsheets and databases around a value that is meant as text: `="00123"`. */
const formula = /^="(.*)"$/s
/** Digits of other scripts, by the code of their zero. */
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50]
const otherDigit = /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0e50-\u0e59]/g

const plainNumber = /^[+-]?\d*[.,]?\d*$/

/** Whether a cell is made of digits with at most a sign and one mark, as most numbers are. */
export function isPlainNumber(cell: string): boolean {
  return plainNumber.test(cell)
}

/** Space, also as pages of the web write it, and what is not seen at all: marks of the direction of writing, letters without width. */
const unseen = String.raw`(?:&nbsp;|&#160;|[\s\0\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff])+`
/** Most cells begin and end with something to be seen. */
const seen = /^[!-~](?:.*[!-~])?$/s
const unseenAround = new RegExp(`^${unseen}|${unseen}$`, 'g')

/** A cell without what is not seen around it, and without what a spreadsheet wraps a text in. */
export function bareCell(cell: string): string {
  const text = seen.test(cell) && !cell.includes('&') ? cell : cell.replaceAll(unseenAround, '')
  return text.startsWith('="') ? text.replace(formula, '$1').trim() : text
}

/**
 * ASCII digits, marks and signs for what only looks different: full-width letters, digits of other scripts,
 * non-breaking spaces, a true minus, the apostrophe with which spreadsheets mark a text.
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
