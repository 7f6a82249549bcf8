import { DAY_MS } from '../schemas/durations.ts'

const formatters = new Map<string, Intl.DateTimeFormat>()
/** Offset at the start and end of a UTC day, by zone and day: a zone changes its offset a few times a year. */
const days = new Map<string, { readonly from: number; readonly to: number }>()
const DAYS_MAX = 10_000

/**
 * Returns the offset of a time zone from UTC at `at`, in minutes. Throws RangeError for a name that is not in the IANA
 * database.
 */
export function zoneOffsetMinutes(timeZone: string, at: number): number {
  if (timeZone === 'UTC') return 0
  const day = Math.floor(at / DAY_MS)
  const name = `${timeZone}/${day}`
  let offsets = days.get(name)
  if (offsets === undefined) {
    if (days.size >= DAYS_MAX) days.clear()
    offsets = { from: intlOffset(timeZone, day * DAY_MS), to: intlOffset(timeZone, (day + 1) * DAY_MS - 1) }
    days.set(name, offsets)
  }
  return offsets.from === offsets.to ? offsets.from : intlOffset(timeZone, at)
}

export function isTimeZone(name: string): boolean {
  try {
    return formatterOf(name) !== undefined
  } catch {
    return false
  }
}

/** Parses the formatted offset: `GMT`, `GMT+08:00`, `GMT-03:30`, and for historic times `GMT+08:05:43`. */
function intlOffset(timeZone: string, at: number): number {
  const parts = formatterOf(timeZone).formatToParts(at)
  const text = parts.find(({ type }) => type === 'timeZoneName')!.value
  const match = /^GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(text)
  if (match === null)
    throw new RangeError(`The time zone ${timeZone} has the offset "${text}", which is not understood.`)
  const [, sign, hours = '0', minutes = '0', seconds = '0'] = match
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes) + Number(seconds) / 60)
}

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(timeZone)
  if (formatter === undefined)
    formatters.set(timeZone, (formatter = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })))
  return formatter
}
