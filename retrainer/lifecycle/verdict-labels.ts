import { evidenceFeatures } from '../../processors/visits/verdicts/evidence-features.ts'
import { FALSE_VISIT } from '../../processors/visits/verdicts/model-score.ts'
import { defaultPolicy } from '../../processors/visits/default-policy.ts'
import { verdictOf } from '../../processors/visits/verdicts/verdict-of.ts'
import { countDecidedSince, decidedSeen, decidedVisits, type DecidedVisit } from '../../store/visits/decided-visits.ts'
import type { LabelSource, TrainingRow } from './learnable-task.ts'

/**
 * Maximum weight of a row. A visit sampled at random stands for all that were not sampled; without a limit, one drawn
 * from very many would outweigh all flagged visits.
 */
export const WEIGHT_MAX = 20

/** Labels from reviews of visits. Only decided cases count, weighted by the inverse of their propensity. */
export const verdictLabels: LabelSource = {
  async *rows(database) {
    for (const visit of await decidedVisits(database, FALSE_VISIT)) yield rowOf(visit)
  },
  seen: (database) => decidedSeen(database, FALSE_VISIT),
  since: (database, since) => countDecidedSince(database, FALSE_VISIT, since),
}

function rowOf(visit: DecidedVisit): TrainingRow {
  const { visitId, customerId, visitedAt, decidedAt, value, propensity, evidence, falseScore, modelId } = visit
  const row = new Float32Array(evidenceFeatures.names.length)
  evidenceFeatures.row(visit, row)
  return {
    labelId: visitId,
    row: [...row],
    text: null,
    lineTimes: null,
    label: value,
    at: visitedAt.getTime(),
    knownAt: decidedAt.getTime(),
    customerId,
    subjectId: visitId,
    outcomeSource: null,
    reviewer: null,
    // The weight says how the visit was selected.
    propensity: null,
    acted: null,
    weight: Math.min(WEIGHT_MAX, 1 / propensity),
    formulaScore: modelId === null ? falseScore : weightedSum(evidence),
  }
}

/** Returns the false score by the weights of the built-in policy, for visits whose score a model gave. */
function weightedSum(evidence: DecidedVisit['evidence']): number {
  const found = evidence.map((one) => ({ ...one, text: '', with: null, ruled: 'fine' as const }))
  return verdictOf(found, defaultPolicy).falseScore
}
