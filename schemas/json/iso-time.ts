const ISO_TIME = /^(\d{4})-(\d{2})-(\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2}))?$/

/**
 * Parses an ISO 8601 date (midnight UTC) or time with a zone to milliseconds since 1970; `undefined` for any other
 * text. A time without a zone is rejected: its meaning would depend on the machine.
 */
export function timeFromIso(text: string): number | undefined {
  const match = ISO_TIME.exec(text)
  if (match === null) return undefined
  const [year, month, day] = match.slice(1, 4).map(Number) as [number, number, number]
  // Date.parse turns the 30th of February into the 2nd of March.
  if (day < 1 || day > daysInMonth(year, month)) return undefined
  const time = Date.parse(text)
  return Number.isNaN(time) ? undefined : time
}

function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}
