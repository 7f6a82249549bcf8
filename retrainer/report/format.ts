const significant = new Intl.NumberFormat('en', {
  maximumSignificantDigits: 4,
  maximumFractionDigits: 6,
  roundingPriority: 'lessPrecision',
  signDisplay: 'negative',
})
const short = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 })
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 1 })
const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 })

/** Placeholder for a missing number. */
const NONE = '–'

export function formatNumber(value: number | null | undefined): string {
  return value === null || value === undefined ? NONE : significant.format(value)
}

/** Formats the label of an axis tick. */
export function formatTick(value: number): string {
  return short.format(value)
}

export function formatCount(value: number): string {
  return whole.format(value)
}

export function formatShare(value: number | null | undefined): string {
  return value === null || value === undefined ? NONE : percent.format(value)
}

export function formatInterval(lower: number | null | undefined, upper: number | null | undefined): string {
  return lower === null || lower === undefined || upper === null || upper === undefined
    ? NONE
    : `${formatNumber(lower)} to ${formatNumber(upper)}`
}
