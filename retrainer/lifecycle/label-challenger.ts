import { encodeArtefact } from '../../models/artefact.ts'
import { chosenNetworkRows, type NetworkData } from '../../models/deep/network-data.ts'
import { labelLossDifference, labelMetrics, popularity } from '../../models/evaluation/label-metrics.ts'
import type { Model } from '../../models/model.ts'
import { withPurgeGap } from '../../models/purge-gap.ts'
import { temporalHoldout } from '../../models/split.ts'
import { builtInGate, reasonOf, type Challenger } from './challenger.ts'
import { decideGate, type Gate } from './gate/decide.ts'
import { labelLearnerNamed } from './label-learners.ts'
import { NEWEST_SHARE } from './newest-share.ts'
import { scored } from './scored.ts'

export interface LabelChallengerOptions {
  readonly task: string
  readonly algorithm: string
  readonly featureSet: string
  /** Names of the labels in order. */
  readonly outputs: readonly string[]
  /** Version of the dictionary that the names come from, if any. */
  readonly dictionaryVersion?: number | undefined
  readonly seed: number
  /** Time that labels need to become known, ms: see `withPurgeGap`. */
  readonly purgeGapMs?: number
  /** The current champion, if it scores the same features. */
  readonly champion?: Model | undefined
  /** The rules for its release; the built-in ones by default. */
  readonly gate?: Gate | undefined
  readonly progress?: (done: number, of: number, metric?: number) => void
}

/**
 * Trains and evaluates a challenger as `trainChallenger` does, for models of several labels. The loss is the mean log
 * loss over the known labels, and the baseline is the popularity of each label. If the champion has other outputs, only
 * the labels of both count; if they have none in common, the challenger is compared with the baseline.
 */
export async function trainLabelChallenger(data: NetworkData, options: LabelChallengerOptions): Promise<Challenger> {
  const { algorithm, train: learn } = labelLearnerNamed(options.algorithm)
  const { outputs, gate = builtInGate } = options
  const holdout = temporalHoldout(data, NEWEST_SHARE, options.seed)
  const { train, test, gapMs: purgeGapMs } = withPurgeGap(holdout, data, options.purgeGapMs ?? 0)
  const older = chosenNetworkRows(data, train)
  const newest = chosenNetworkRows(data, test)
  const parameters = await learn(older, options.seed, options.progress)
  const startedAt = performance.now()
  const scores = await scored(algorithm.scorer(parameters), newest, outputs.length)
  const rowMs = (performance.now() - startedAt) / newest.count
  const popular = popularity(older.labels, outputs.length)
  const baselineScores = newest.labels.map((_, place) => popular[place % outputs.length]!)
  const champion = await championScores(newest, outputs, options.champion)
  const difference = labelLossDifference(
    { outputs: outputs.length, labels: champion?.labels ?? newest.labels, scores },
    champion?.scores ?? baselineScores,
    { seed: options.seed, confidence: gate.rules.confidence },
  )
  const against: Challenger['against'] = champion === undefined ? 'baseline' : 'champion'
  const measures = {
    difference,
    against,
    labels: newest.count,
    reference: undefined,
    selection: undefined,
    calibrationError: undefined,
    worstGroup: undefined,
    rowMs,
  }
  const metrics = (of: Float64Array) => labelMetrics({ outputs: outputs.length, labels: newest.labels, scores: of })
  return {
    artefact: encodeArtefact({
      task: options.task,
      algorithm: algorithm.name,
      featureSet: options.featureSet,
      featureNames: data.featureNames,
      outputs,
      ...(options.dictionaryVersion === undefined ? {} : { dictionaryVersion: options.dictionaryVersion }),
      parameters,
    }),
    metrics: metrics(scores),
    baseline: metrics(baselineScores),
    difference,
    against,
    measures,
    promote: decideGate(gate, { ...measures, outcomes: undefined }).passed,
    reason: reasonOf('log loss', difference, against, newest.count, gate.rules.confidence),
    trainedRows: older.count,
    newestRows: newest.count,
    newestFrom: newest.times[0]!,
    purgeGapMs,
    scored: { labels: newest.labels, scores },
  }
}

/**
 * Returns the champion's scores for the same rows, and the labels that it can score; `undefined` without a champion or
 * a common label.
 */
async function championScores(
  { labels, ...newest }: NetworkData,
  outputs: readonly string[],
  champion: Model | undefined,
): Promise<{ readonly labels: Float64Array; readonly scores: Float64Array } | undefined> {
  if (champion === undefined) return undefined
  const places = outputs.map((name) => champion.outputs.indexOf(name))
  const width = champion.outputs.length
  const compared = labels.map((label, place) => (places[place % outputs.length] === -1 ? Number.NaN : label))
  if (compared.every(Number.isNaN)) return undefined
  const given = await scored((batch, into) => champion.score(batch, into), newest, width)
  const scores = labels.map((_, place) => {
    const [row, output] = [Math.floor(place / outputs.length), places[place % outputs.length]!]
    return output === -1 ? Number.NaN : given[row * width + output]!
  })
  return { labels: compared, scores }
}
