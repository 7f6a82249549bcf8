import type { AssessedVisit } from '../../composition/visits/assess-file.ts'
import { modelFrom } from '../../models/artefact.ts'
import { evidenceFeatures } from '../../processors/visits/verdicts/evidence-features.ts'
import { FALSE_VISIT } from '../../processors/visits/verdicts/model-score.ts'
import { unitHash } from '../../features/string-hash.ts'
import { trainChallenger } from '../../retrainer/lifecycle/challenger.ts'
import { trainingSet } from '../../retrainer/lifecycle/training-set.ts'
import { WEIGHT_MAX } from '../../retrainer/lifecycle/verdict-labels.ts'

/** A simulated world with the evidence against its visits. */
export interface AssessedWorld {
  readonly assessed: readonly AssessedVisit[]
  isFalse(visit: AssessedVisit): boolean
  /** Whether the visit is of a person who does not hide the traces of cheating. */
  isOfLazy(visit: AssessedVisit): boolean
  isOfHonest(visit: AssessedVisit): boolean
  /** Months of work of honest people. */
  readonly honestMonths: number
}

/** Acceptable false alarms per honest salesperson and month. */
const FALSE_ALARMS = 0.5

/**
 * Compares a model of verdicts with the weighted sum. It is trained on one world, whose flagged visits and a sampled
 * share of the others were reviewed correctly. Both are measured at the built-in limit, and at a limit chosen in a
 * third world so that it costs an honest salesperson half a false alarm a month.
 */
export async function verdictModel(
  learned: AssessedWorld,
  tuned: AssessedWorld,
  tested: AssessedWorld,
  sampledShare: number,
) {
  const reviewed = learned.assessed.flatMap((visit) => {
    const propensity = visit.verdict === 'fine' ? sampledShare : 1
    return unitHash(`sampled/${visit.visitId}`) < propensity ? [{ visit, propensity }] : []
  })
  const data = trainingSet(
    reviewed.map(({ visit, propensity }, place) => ({
      ...{ row: [...rowOf(visit)], text: null, at: place, label: learned.isFalse(visit) ? 1 : 0 },
      ...{ weight: Math.min(WEIGHT_MAX, 1 / propensity), formulaScore: visit.falseScore },
    })),
    evidenceFeatures.names,
  )
  const options = { task: FALSE_VISIT, algorithm: 'logistic', featureSet: evidenceFeatures.id, seed: 1 } as const
  const challenger = await trainChallenger(data, { ...options, calibrate: 'platt' })
  const model = modelFrom(challenger.artefact, 'verdicts')
  const byModel = async ({ assessed }: AssessedWorld): Promise<Float64Array> => {
    const width = evidenceFeatures.names.length
    const rows = new Float32Array(assessed.length * width)
    for (const [i, visit] of assessed.entries()) rows.set(rowOf(visit), i * width)
    const scores = new Float64Array(assessed.length)
    await model.score({ count: assessed.length, width, rows, texts: [] }, scores)
    // A visit without evidence is never suspected.
    return scores.map((score, i) => (assessed[i]!.evidence.length === 0 ? 0 : score))
  }
  const byWeights = ({ assessed }: AssessedWorld) => Float64Array.from(assessed, ({ falseScore }) => falseScore)
  const [ofTuned, ofTested] = [await byModel(tuned), await byModel(tested)]
  return {
    reviewed: reviewed.length,
    confirmed: data.labels.reduce((sum, label) => sum + label, 0),
    gate: challenger.reason,
    promoted: challenger.promote,
    weights: figures(tested, byWeights(tested), limitFor(tuned, byWeights(tuned))),
    model: figures(tested, ofTested, limitFor(tuned, ofTuned)),
  }
}

function rowOf({ evidence }: AssessedVisit): Float32Array {
  const row = new Float32Array(evidenceFeatures.names.length)
  evidenceFeatures.row({ evidence, visitCount: null, conversionProbability: null }, row)
  return row
}

/** Returns the lowest limit at which false alarms against honest people stay acceptable. */
function limitFor({ assessed, isOfHonest, honestMonths }: AssessedWorld, scores: Float64Array): number {
  const honest = [...scores]
    .filter((score, i) => score > 0 && isOfHonest(assessed[i]!))
    .sort((one, other) => other - one)
  const allowed = Math.floor(FALSE_ALARMS * honestMonths)
  return honest[allowed] === undefined ? 1e-9 : honest[allowed] + 1e-9
}

function figures(world: AssessedWorld, scores: Float64Array, chosen: number) {
  return { asDelivered: at(world, scores, 0.5), chosenLimit: chosen, atChosen: at(world, scores, chosen) }
}

function at(world: AssessedWorld, scores: Float64Array, limit: number) {
  const { assessed, isFalse, isOfLazy, isOfHonest, honestMonths } = world
  const isLazy = (visit: AssessedVisit) => isOfLazy(visit) && isFalse(visit)
  const flagged = assessed.filter((_, i) => scores[i]! >= limit)
  const rounded = (value: number) => Math.round(value * 1_000) / 1_000
  return {
    recall: rounded(flagged.filter(isFalse).length / assessed.filter(isFalse).length),
    recallOfLazy: rounded(flagged.filter(isLazy).length / assessed.filter(isLazy).length),
    precision: rounded(flagged.filter(isFalse).length / flagged.length),
    falseAlarmsPerHonestPersonAndMonth: rounded(flagged.filter(isOfHonest).length / honestMonths),
  }
}
