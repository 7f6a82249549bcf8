import type { Visit } from '../../schemas/visits/visits.ts'

/** Default maximum length of a long text, in characters (UTF-16 units). */
const LONG_TEXT_LENGTH_MAX = 8192

const SEPARATOR = '\n'
/** Line breaks within a text become blanks, so that each visit is one line. */
const LINE_BREAK = /[\r\n\u2028\u2029]/
const LINE_BREAKS = /\s*[\r\n\u2028\u2029]\s*/g

export interface LongText {
  readonly text: string
  /** Time of the visit of each line, ms. */
  readonly lineTimes: readonly number[]
  /** Number of visits, the oldest ones, whose text did not fit. */
  readonly visitsLeftOut: number
  /**
   * Number of characters cut from the start of the oldest visit included; more than 0 only if that visit alone exceeds
   * the limit.
   */
  readonly charactersLeftOut: number
}

const cache = new WeakMap<readonly Visit[], LongText>()

/** Returns `longText` of the default length, computed once for the features and the model of the same visits. */
export function longTextOf(visits: readonly Visit[]): LongText {
  let text = cache.get(visits)
  if (text === undefined) cache.set(visits, (text = longText(visits)))
  return text
}

/**
 * Joins the visits’ texts, a line each, in order of (visit time, visit id), as `visitsOf` returns them. Beyond the
 * limit it keeps the most recent visits and counts those left out.
 */
export function longText(visits: readonly Visit[], lengthMax: number = LONG_TEXT_LENGTH_MAX): LongText {
  // From the latest backwards while there is room; older ones are only counted.
  const lines: string[] = []
  const lineTimes: number[] = []
  let length = 0
  let charactersLeftOut = 0
  let index = visits.length - 1
  for (; index >= 0; index--) {
    const { text, occurredAt } = visits[index]!
    const line = lineOf(text)
    if (line === '') continue
    const longer = length + line.length + (length === 0 ? 0 : SEPARATOR.length)
    if (longer > lengthMax && lines.length > 0) break
    const kept = longer > lengthMax ? endOf(line, lengthMax) : line
    charactersLeftOut = line.length - kept.length
    lines.push(kept)
    lineTimes.push(occurredAt)
    length = longer
  }
  let visitsLeftOut = 0
  for (; index >= 0; index--) if (/\S/.test(visits[index]!.text)) visitsLeftOut++
  return { text: lines.reverse().join(SEPARATOR), lineTimes: lineTimes.reverse(), visitsLeftOut, charactersLeftOut }
}

function lineOf(text: string): string {
  const line = text.trim()
  // The replacement looks for blanks before a line break at every position, which takes longer than this test.
  return LINE_BREAK.test(line) ? line.replaceAll(LINE_BREAKS, ' ') : line
}

/** Returns the last `length` characters, one fewer if that would split a surrogate pair. */
function endOf(text: string, length: number): string {
  const from = text.length - length
  const unit = text.charCodeAt(from)
  return text.slice(unit >= 0xdc00 && unit <= 0xdfff ? from + 1 : from)
}
