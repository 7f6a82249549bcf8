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
  const found = usualValue(name, valueOf)
  if (found === undefined) return undefined
  const value = valueOf(name)
  const share = value / found.usual - 1
  if (share >= 1) return `${brief(share + 1)} times the ${found.of === 'average' ? 'average' : 'usual'}`
  const percent = `${Math.round(100 * Math.abs(share))} %`
  if (found.of === 'average') return `${percent} ${share < 0 ? 'below' : 'above'} the average`
  return `${percent} ${share < 0 ? 'less' : 'more'} than usual`
}

/** What the value of a feature is compared with. */
interface Usual {
  readonly usual: number
  readonly of: 'average' | 'time'
}

/** Returns what the value of a feature usually is; `undefined` as for `comparisonText`. */
export function usualValue(name: string, valueOf: (name: string) => number): Usual | undefined {
  if (name.endsWith('Last')) {
    const usual = valueOf(`${name.slice(0, -'Last'.length)}Mean`)
    return isNoticeable(valueOf(name), usual) ? { usual, of: 'average' } : undefined
  }
  const [, total, window] = WINDOW.exec(name) ?? []
  if (total === undefined || window === undefined || /(Min|Max|Decayed)$/.test(total)) return undefined
  const days = DAYS[window]!
  const known = valueOf(`${total.slice(0, total.indexOf('.'))}.daysSinceFirst`)
  if (!(known >= HISTORY_MIN * days)) return undefined
  const usual = (valueOf(total) * days) / known
  return isNoticeable(valueOf(name), usual) ? { usual, of: 'time' } : undefined
}

function isNoticeable(value: number, usual: number): boolean {
  const share = value / usual - 1
  if (!(usual > 0) || !Number.isFinite(share) || Math.abs(share) < SHARE_MIN) return false
  return share > -1 || value >= 0
}

function brief(value: number): string {
  return Number(value.toPrecision(2)).toString()
}
