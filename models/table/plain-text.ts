/** Formula that spreadsheets and databases wrap around text: `="00123"`. */
const formula = /^="(.*)"$/s
const otherDigit = /(?![0-9])\p{Nd}/gu
const digit = /^\p{Nd}$/u
/** An exponent, which compatibility normalisation would append to the number: 5² is not 52. */
const exponent = /\p{Nd}[\u00b2\u00b3\u00b9\u2070\u2074-\u2079\u2080-\u2089]/u

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
  if (/^[\x00-\x7f]*$/.test(bare) || exponent.test(bare)) return bare
  return bare
    .normalize('NFKC')
    .replaceAll(otherDigit, valueOfDigit)
    .replaceAll('\u066a', '%')
    .replaceAll(/[\u2212\u2012\u2013]/g, '-')
    .replaceAll(/[\u2018\u2019]/g, "'")
    .replaceAll('\u066b', '.')
    .replaceAll('\u066c', ',')
    .trim()
}

/** Replaces the digits of other scripts, and full-width ones, by ASCII digits, and full-width marks by ASCII ones. */
export function plainDigits(text: string): string {
  if (/^[\x00-\x7f]*$/.test(text)) return text
  return text
    .replaceAll(/[\uff0d-\uff0f\uff1a]/g, (mark) => mark.normalize('NFKC'))
    .replaceAll(otherDigit, valueOfDigit)
}

/** Returns the value of a decimal digit: Unicode has the ten digits of a script in a row. */
function valueOfDigit(written: string): string {
  const plain = written.normalize('NFKC')
  if (/^[0-9]$/.test(plain)) return plain
  const code = written.codePointAt(0)!
  let zero = code
  while (code - zero < 9 && digit.test(String.fromCodePoint(zero - 1))) zero--
  return String(code - zero)
}
