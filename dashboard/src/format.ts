const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
const fine = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 })
const moment = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
})
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })

export function percent(probability: number): string {
  return `${(100 * probability).toFixed(1)} %`
}

export function rate(value: number): string {
  return value >= 100 ? whole.format(value) : value.toFixed(value >= 10 ? 0 : 1)
}

export function count(value: number): string {
  return whole.format(value)
}

/** Formats a number with four significant digits, or as a whole number from 10,000. */
export function number(value: number): string {
  return Math.abs(value) >= 10_000 ? whole.format(value) : fine.format(value)
}

export function milliseconds(value: number): string {
  return value >= 1_000 ? `${(value / 1_000).toFixed(1)} s` : `${whole.format(value)} ms`
}

export function time(iso: string): string {
  return moment.format(new Date(iso))
}

export function date(iso: string): string {
  return day.format(new Date(iso))
}

export function dateAndTime(iso: string): string {
  return `${date(iso)}, ${clock.format(new Date(iso))}`
}

export function clockTime(iso: string): string {
  return clock.format(new Date(iso))
}

/** Formats a distance in metres. */
export function metres(value: number): string {
  if (value < 1_000) return `${whole.format(value)} m`
  return `${value < 100_000 ? (value / 1_000).toFixed(1) : whole.format(value / 1_000)} km`
}

/** Formats an amount in minor units of an ISO 4217 currency. */
export function money(minor: number, currency: string): string {
  try {
    const format = new Intl.NumberFormat('en', {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
      notation: 'compact',
      maximumFractionDigits: 1,
    })
    // The digits that the currency has, not the one that is shown: 0 for JPY and KRW, 3 for KWD.
    const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
    return format.format(minor / 10 ** maximumFractionDigits)
  } catch {
    return `${whole.format(minor / 100)} ${currency}`
  }
}

/** An estimate with its 95 % interval; an end is null if there is too little data for one. */
export interface Estimate {
  readonly value: number
  readonly lower: number | null
  readonly upper: number | null
}

/** Formats an estimate with its interval: “20.0 % (15.8 % to 24.9 %)”. */
export function estimateText({ value, lower, upper }: Estimate, format: (value: number) => string): string {
  return lower === null || upper === null ? format(value) : `${format(value)} (${format(lower)} to ${format(upper)})`
}

/** Formats a duration: “45 s”, “3 min 05 s”, “1 h 20 min”. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000))
  if (seconds < 60) return `${seconds} s`
  const two = (value: number) => String(value).padStart(2, '0')
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${two(seconds % 60)} s`
  return `${Math.floor(seconds / 3_600)} h ${two(Math.floor((seconds % 3_600) / 60))} min`
}

/** Formats a difference between two shares in percentage points: “+3.2 points”. */
export function points(difference: number): string {
  const value = (100 * difference).toFixed(1)
  return `${Number(value) > 0 ? '+' : ''}${value.replace('-', '−')} points`
}

const titles = new Map([
  ['conversion', 'Conversion'],
  ['loan-demand', 'Loan demand'],
  ['call-conversion', 'Call conversion'],
  ['invalid', 'Invalid visits'],
  ['suspected_false', 'Suspected false visits'],
  ['fine', 'Fine'],
  ['potential-loan-customer', 'Potential loan customer'],
  ['invalid-visits', 'Invalid visits'],
  ['suspected-false-visits', 'Suspected false visits'],
])

/** Returns the display text of a machine-readable name. */
export function title(name: string): string {
  return titles.get(name) ?? name.charAt(0).toUpperCase() + name.slice(1).replaceAll(/[-_]/g, ' ')
}
