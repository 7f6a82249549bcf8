import { cellError, text, type Row } from './csv-rows.ts'

const patterns = {
  /** 1997-01-18 */
  date: /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)$/,
  /** 930118, of the twentieth century */
  shortDate: /^(?<year>\d\d)(?<month>\d\d)(?<day>\d\d)$/,
  /** 2018-04-01 00:00:31 */
  dateTime: /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d) (?<hour>\d\d):(?<minute>\d\d):(?<second>\d\d)$/,
}

/**
 * Returns the cell's time in milliseconds since the epoch. It is read as UTC, because no data set names its time zone.
 * Throws for a day that does not exist.
 */
export function timeOf(row: Row, column: string, form: keyof typeof patterns): number {
  const parts = patterns[form].exec(text(row, column))?.groups
  if (parts === undefined) throw cellError(row, column, `a time like ${patterns[form]}`)
  const year = Number(parts['year']) + (form === 'shortDate' ? 1900 : 0)
  const [month, day] = [Number(parts['month']), Number(parts['day'])]
  const at = Date.UTC(
    year,
    month - 1,
    day,
    Number(parts['hour'] ?? 0),
    Number(parts['minute'] ?? 0),
    Number(parts['second'] ?? 0),
  )
  const read = new Date(at)
  if (read.getUTCMonth() !== month - 1 || read.getUTCDate() !== day)
    throw cellError(row, column, 'a day of the calendar')
  return at
}
