import { plainText } from './plain-text.ts'

/** Decimal mark of a column. */
export type DecimalMark = 'point' | 'comma'

/** A number as written in a cell. */
export interface WrittenNumber {
  /** Value, ignoring a percent sign: `12.5 %` is 12.5. */
  readonly value: number
  readonly percent: boolean
  /** Currency code such as `EUR`, from a sign or letters. */
  readonly currency: string | null
}

const SIGNS: Readonly<Record<string, string>> = {
  '€': 'EUR',
  $: 'USD',
  us$: 'USD',
  '£': 'GBP',
  '¥': 'CNY',
  元: 'CNY',
  人民币: 'CNY',
  rmb: 'CNY',
  円: 'JPY',
  '₹': 'INR',
  rs: 'INR',
  'rs.': 'INR',
  '₽': 'RUB',
  руб: 'RUB',
  'руб.': 'RUB',
  '₩': 'KRW',
  '₺': 'TRY',
  '₴': 'UAH',
  kč: 'CZK',
  zł: 'PLN',
  kr: 'kr',
  'kr.': 'kr',
  ft: 'HUF',
  'fr.': 'CHF',
  r$: 'BRL',
  hk$: 'HKD',
  nt$: 'TWD',
  a$: 'AUD',
  c$: 'CAD',
}
const CODES =
  'EUR USD GBP CNY JPY CHF CZK PLN HUF INR RUB BRL SEK NOK DKK AUD CAD NZD HKD TWD SGD KRW TRY ZAR MXN UAH RON'
for (const code of CODES.split(' ')) (SIGNS as Record<string, string>)[code.toLowerCase()] = code

const currency = Object.keys(SIGNS)
  .sort((a, b) => b.length - a.length)
  .map((sign) => sign.replaceAll(/[$.]/g, String.raw`\$&`))
  .join('|')
const outer = new RegExp(
  String.raw`^([+-])?\s*(${currency})?\s*([+-])?\s*([\d.,' _]+(?:e[+-]?\d+)?)\s*(%)?\s*(${currency})?\s*(-)?$`,
  'i',
)
const digits = {
  point: {
    plain: /^(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i,
    grouped: /^[1-9]\d{0,2}([,' _])\d{3}(\1\d{3})*(\.\d*)?$/,
    // Lakhs and crores: 12,34,567.
    indian: /^[1-9]\d?(,\d{2})+,\d{3}(\.\d*)?$/,
  },
  comma: {
    plain: /^(\d+(,\d*)?|,\d+)(e[+-]?\d+)?$/i,
    grouped: /^[1-9]\d{0,2}([.' _])\d{3}(\1\d{3})*(,\d*)?$/,
    indian: undefined,
  },
}
/** `5,-`, `5.–`, `Rs 500/-`: an amount without cents, where the dash is not a minus. */
const noCents = /(?<=\d)(?:[.,][-\u2014]{1,2}|\/-)(?=[^\d-]*$)/
const infinite = /^[+-]?(inf|infinity|∞)$/i

/**
 * Parses a number with that decimal mark. Accepts thousands separators (Indian ones, too), spaces of all widths, a
 * currency, a percent sign, a minus before or after, a dash for no cents, and brackets around a negative amount.
 * Returns `undefined` if it is not a number. A first group never begins with 0, so `0,443` is not 443.
 */
export function numberIn(cell: string, style: DecimalMark): WrittenNumber | undefined {
  const text = plainText(cell).replace(noCents, '')
  if (infinite.test(text)) return { value: text.startsWith('-') ? -Infinity : Infinity, percent: false, currency: null }
  const { plain } = digits[style]
  if (plain.test(text)) return { value: Number(text.replace(',', '.')), percent: false, currency: null }
  const bracketed = /^\((.*)\)$/.exec(text)
  const parts = outer.exec(bracketed === null ? text : bracketed[1]!.trim())
  if (parts === null) return undefined
  const [, first, before, second, written, percent, after, last] = parts
  const signs = [first, second, last].filter((sign) => sign !== undefined)
  if (signs.length + (bracketed === null ? 0 : 1) > 1 || (before !== undefined && after !== undefined)) return undefined
  const size = sizeOf(written!.trim(), style)
  if (size === undefined) return undefined
  const sign = bracketed !== null || signs[0] === '-' ? -1 : 1
  return {
    value: size === 0 ? 0 : sign * size,
    percent: percent !== undefined,
    currency: SIGNS[(before ?? after ?? '').toLowerCase()] ?? null,
  }
}

function sizeOf(written: string, style: DecimalMark): number | undefined {
  const { plain, grouped, indian } = digits[style]
  if (plain.test(written)) return Number(written.replace(',', '.'))
  if ((!grouped.test(written) && indian?.test(written) !== true) || isAddress(written)) return undefined
  const ungrouped = written.replaceAll(style === 'point' ? /[,' _]/g : /[.' _]/g, '')
  return Number(ungrouped.replace(',', '.'))
}

/** Returns whether it is an IP address such as 192.168.100.200, and not 1.000.000.000, whose groups begin with 0. */
function isAddress(written: string): boolean {
  const parts = written.split('.')
  return parts.length === 4 && parts.every((part) => Number(part) <= 255 && !part.startsWith('0'))
}

/** `single`: 1,234 or 1.234, whose value depends on the decimal mark. */
export type MarkEvidence = DecimalMark | 'either' | 'single'

/** Returns what a cell shows about the decimal mark of its column; `undefined` if it is not a number. */
export function markEvidence(cell: string): MarkEvidence | undefined {
  const [point, comma] = [numberIn(cell, 'point'), numberIn(cell, 'comma')]
  if (point === undefined) return comma === undefined ? undefined : 'comma'
  if (comma === undefined) return 'point'
  return point.value === comma.value ? 'either' : 'single'
}
