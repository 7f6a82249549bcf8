/** Compares a number with what is usual for the customer, so that people can judge it. */

const WINDOW = /^(.+?)(24h|7d|30d)$/
const DAYS: Readonly<Record<string, number>> = { '24h': 1, '7d': 7, '30d': 30 }
/** Minimum length of the history, in windows, for a usual value. */
const HISTORY_MIN = 2
/** Relative difference below which nothing is said. */
const SHARE_MIN = 0.05

/**
 * Compares the latest value with the average, and the total of a window with the average for that length of time since
 * the first event. `valueOf` returns a number of the same row by name, NaN if missing. `undefined`: nothing to compare
 * with, or no noticeable difference.
 */
export function comparisonText(name: string, valueOf: (name: string) => number): string | undefined {
  const value = valueOf(name)
  if (name.endsWith('Last')) {
    const mean = valueOf(`${name.slice(0, -'Last'.length)}Mean`)
    return differenceText(value, mean, ['below the average', 'above the average'])
  }
  const [, total, window] = WINDOW.exec(name) ?? []
  if (total === undefined || window === undefined || /(Min|Max|Decayed)$/.test(total)) return undefined
  const days = DAYS[window]!
  const known = valueOf(`${total.slice(0, total.indexOf('.'))}.daysSinceFirst`)
  if (!(known >= HISTORY_MIN * days)) return undefined
  return differenceText(value, (valueOf(total) * days) / known, ['less than usual', 'more than usual'])
}

function differenceText(value: number, usual: number, [less, more]: readonly [string, string]): string | undefined {
  const share = value / usual - 1
  if (!(usual > 0) || !Number.isFinite(share) || Math.abs(share) < SHARE_MIN) return undefined
  if (share >= 1) return `${brief(share + 1)} times ${more === 'above the average' ? 'the average' : 'the usual'}`
  return share <= -1 && value < 0 ? undefined : `${Math.round(100 * Math.abs(share))} % ${share < 0 ? less : more}`
}

function brief(value: number): string {
  return Number(value.toPrecision(2)).toString()
}
