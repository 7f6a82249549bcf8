import type { ApiResponse } from '../api.ts'
import { count, percent } from '../format.ts'
import { t } from '../words/words.ts'

export const LOANS = 'loans'
export const TASK = 'loan-demand'

export type Preview = ApiResponse<'/potential-customers/preview'>
type Quality = NonNullable<Preview['quality']>

/** Says how many customers another threshold would give. */
export function previewText({ threshold, active, now, then, comes, goes }: Preview): string {
  const percentage = percent(threshold)
  if (threshold === active) return t('loans.inForceCustomers', { percentage, customers: now })
  const change = { percentage, then, now }
  if (comes.count > 0) return t('loans.wouldCome', { ...change, customers: comes.count })
  if (goes.count > 0) return t('loans.wouldGo', { ...change, customers: goes.count })
  return t('loans.nobodyMoves', { percentage, customers: now })
}

/** Says how good a threshold would have been, in customers. */
export function qualityText({ flagged, reached, both }: Quality): string {
  return [
    flagged === 0 ? t('loans.nobodyFlagged') : t('loans.ofThoseFlagged', { flagged: count(flagged), both }),
    reached === 0 ? t('loans.nobodyReachedIt') : t('loans.ofThoseWhoReachedIt', { reached: count(reached), both }),
  ].join(' ')
}

/** Formats a share that may be unknown. */
export const shareText = (share: number | null): string => (share === null ? '–' : percent(share))
