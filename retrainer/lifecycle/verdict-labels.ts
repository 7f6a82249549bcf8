import { evidenceFeatures } from '../../processors/visits/verdicts/evidence-features.ts'
import { FALSE_VISIT } from '../../processors/visits/verdicts/model-score.ts'
import { defaultPolicy } from '../../processors/visits/default-policy.ts'
import { verdictOf } from '../../processors/visits/verdicts/verdict-of.ts'
import { decidedSince, decidedVisits, type DecidedVisit } from '../../store/visits/decided-visits.ts'
import type { LabelSource, TrainingRow } from './learnable-task.ts'

/**
 * A visit that was drawn by chance stands for all that were not drawn. One of very many must not outweigh all that was
 * flagged: it counts as so many at most.
 */
export const WEIGHT_MAX = 20

/** What reviews say of visits: only decided cases teach, each weighed by the reciprocal of its propensity. */
export const verdictLabels: LabelSource = {
  async rows(database) {
    return (await decidedVisits(database, FALSE_VISIT)).map(rowOf)
  },
  since: (database, since) => decidedSince(database, FALSE_VISIT, since),
}

function rowOf(visit: DecidedVisit): TrainingRow {
  const { visitId, customerId, visitedAt, decidedAt, value, propensity, evidence, falseScore, modelId } = visit
  const row = new Float32Array(evidenceFeatures.names.length)
  evidenceFeatures.row(visit, row)
  return {
    row: [...row],
    text: null,
    lineTimes: null,
    label: value,
    at: visitedAt.getTime(),
    knownAt: decidedAt.getTime(),
    customerId,
    subjectId: visitId,
    probability: falseScore,
    modelId,
    weight: Math.min(WEIGHT_MAX, 1 / propensity),
    given: modelId === null ? falseScore : weightedSum(evidence),
  }
}

/** What the weights as they are delivered make of it, where a model gave the score. */
function weightedSum(evidence: DecidedVisit['evidence']): number {
  const found = evidence.map((one) => ({ ...one, text: '', with: null, ruled: 'fine' as const }))
  return verdictOf(found, defaultPolicy).falseScore
}
