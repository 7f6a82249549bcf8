import type { KeyedState } from '../../processor.ts'
import { largerBy, laterSlots, mergeKind } from '../../../features/merge-kinds.ts'
import { progressKind } from './fold-labels.ts'
import { newestKind } from './horizon.ts'
import { labelRules, PERIOD_MS } from './label-rules.ts'
import { labelKind, labelsOf } from './label-state.ts'
import { featuresKind, rowKind } from './row-state.ts'
import { chooseTraining } from './training-choice.ts'

/**
 * Takes over the rows and labels of another customer's state. Rows stay as they were served, and labels with the rows that
 * they have joined; each period has one training row again.
 */
export function mergeLabels(state: KeyedState, other: KeyedState): void {
  mergeKind(
    state,
    other,
    rowKind,
    largerBy(({ offset }) => offset ?? Number.POSITIVE_INFINITY),
  )
  mergeKind(state, other, featuresKind, (mine, theirs) => ({
    values: mine.values ?? theirs.values,
    awaitedBy: [...new Set([...mine.awaitedBy, ...theirs.awaitedBy])],
  }))
  mergeKind(
    state,
    other,
    labelKind,
    largerBy(({ knownAt }) => knownAt),
  )
  mergeKind(state, other, newestKind, laterSlots(0))
  mergeKind(state, other, progressKind, ([added, moment, at], [theirAdded, theirMoment, theirAt]) =>
    Float64Array.of(added! + theirAdded!, Math.max(moment!, theirMoment!), Math.max(at!, theirAt!)),
  )
  const changed = new Set<string>()
  for (const task of labelRules.keys()) {
    const times = labelsOf(state, `${task}/`).flatMap(([, { servedAt }]) => (servedAt === null ? [] : [servedAt]))
    const periods = new Map(times.map((servedAt) => [Math.floor(servedAt / PERIOD_MS), servedAt]))
    for (const servedAt of periods.values()) chooseTraining(state, task, servedAt, changed)
  }
}
