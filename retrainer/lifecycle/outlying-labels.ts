import { quantile } from '../../models/evaluation/quantile.ts'
import { PERIOD_MS } from '../../processors/models/labels/label-rules.ts'
import type { LabelGroup, LabelHold } from '../../store/models/label-holds.ts'

/** Groups with fewer labels are not judged. */
const LABELS_MIN = 20
/** The usual mean is taken from groups with so many labels, and from so many groups, at least. */
const USUAL_LABELS_MIN = 5
const GROUPS_MIN = 4
/** Standard errors by which a mean must be beyond the limit. */
const ERRORS = 3

type NewHold = Omit<LabelHold, 'id' | 'heldAt' | 'releasedBy' | 'releasedAt' | 'releaseReason'>

/**
 * Returns the weeks of a source or reviewer whose labels have an outlying mean: it differs from the usual one by more
 * than `differenceMax`, beyond three standard errors. The usual mean is the median of all weeks of all sources (or of
 * all reviewers), which a minority of poisoned weeks does not move.
 */
export function outlyingLabels(task: string, groups: readonly LabelGroup[], differenceMax: number): NewHold[] {
  return (['source', 'reviewer'] as const).flatMap((kind) => {
    const known = groups.filter((group) => group.kind === kind && group.labels >= USUAL_LABELS_MIN)
    if (known.length < GROUPS_MIN) return []
    const usual = quantile(Float64Array.from(known, ({ mean }) => mean).sort(), 0.5)
    return known.flatMap((group): NewHold[] => {
      const { name, period, labels, mean } = group
      const difference = Math.abs(mean - usual)
      if (labels < LABELS_MIN || difference - ERRORS * errorOf(group) <= differenceMax) return []
      const knownFrom = new Date(period * PERIOD_MS)
      const reason = `The mean of ${labels} labels of the ${kind} ${name} that became known in the week from ${knownFrom.toISOString().slice(0, 10)} is ${mean.toFixed(2)}; the usual one is ${usual.toFixed(2)}, and ${differenceMax} is the largest difference allowed.`
      return [{ task, kind, name, knownFrom, knownTo: new Date((period + 1) * PERIOD_MS), labels, mean, usual, reason }]
    })
  })
}

/** Returns the standard error of a mean; for equal labels as if one of them differed. */
function errorOf({ labels, variance }: LabelGroup): number {
  return Math.sqrt(Math.max(variance, (labels - 1) / labels ** 2) / labels)
}
