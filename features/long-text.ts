import type { Visit } from '../schemas/visits.ts'

/** Characters (UTF-16 units) of a long text at most, where nothing else is asked for. */
export const LONG_TEXT_LENGTH_MAX = 8192

const SEPARATOR = '\n'
/** A visit stays one line: whatever breaks its own lines becomes a blank. */
const LINE_BREAKS = /\s*[\r\n\u2028\u2029]\s*/g

export interface LongText {
  readonly text: string
  /** When the visit of each line was, ms. */
  readonly lineTimes: readonly number[]
  /** Visits with a text whose text is not in it, for want of room: the oldest ones. */
  readonly visitsLeftOut: number
  /**
   * Characters of the oldest visit that is in it, cut from its beginning; more than 0 only where that visit alone is longer than
   * the limit.
   */
  readonly charactersLeftOut: number
}

/**
 * Joins the visits' texts, a line each, in order of (visit time, visit id), as `visitsOf` gives them. A text that would be longer
 * than the limit keeps the most recent visits, and says how many it left out.
 */
export function longText(visits: readonly Visit[], lengthMax: number = LONG_TEXT_LENGTH_MAX): LongText {
  const lines = visits
    .map(({ text, occurredAt }) => ({ text: text.trim().replaceAll(LINE_BREAKS, ' '), at: occurredAt }))
    .filter(({ text }) => text !== '')
  let first = lines.length
  let length = 0
  while (first > 0) {
    const longer = length + lines[first - 1]!.text.length + (length === 0 ? 0 : SEPARATOR.length)
    if (longer > lengthMax) break
    length = longer
    first--
  }
  const newest = lines.at(-1)
  if (newest === undefined || first < lines.length) {
    const kept = lines.slice(first)
    return {
      text: kept.map(({ text }) => text).join(SEPARATOR),
      lineTimes: kept.map(({ at }) => at),
      visitsLeftOut: first,
      charactersLeftOut: 0,
    }
  }
  const end = endOf(newest.text, lengthMax)
  return {
    text: end,
    lineTimes: [newest.at],
    visitsLeftOut: lines.length - 1,
    charactersLeftOut: newest.text.length - end.length,
  }
}

/** The last `length` characters, one less where that would part a surrogate pair. */
function endOf(text: string, length: number): string {
  const from = text.length - length
  const unit = text.charCodeAt(from)
  return text.slice(unit >= 0xdc00 && unit <= 0xdfff ? from + 1 : from)
}
