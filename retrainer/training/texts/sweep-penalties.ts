import type { Penalty } from '../../../models/text/softmax-head.ts'
import type { TextModelParameters } from '../../../models/text/text-model.ts'
import type { TextFit, TextFitter } from './text-fitter.ts'
import type { TextSplit } from './text-split.ts'
import { calibrate } from './text-validation.ts'

/** A model that was fitted on the learning rows, and its log loss on the validation rows. */
export interface TextCandidate extends TextFit {
  readonly logLoss: number
  readonly temperature: number
  readonly parameters: TextModelParameters
}

/**
 * Vectors and terms are of length 1: weights of tens are nothing unusual. The strongest first: the next begins where it
 * ended. After `WORSE_MAX` in a row that are no better than the best, weaker ones are not tried.
 */
export const PENALTIES: readonly Penalty[] = [
  { vectors: 10, terms: 3 },
  { vectors: 1, terms: 1 },
  { vectors: 1, terms: 0.2 },
  { vectors: 0.1, terms: 0.2 },
  { vectors: 0.03, terms: 0.05 },
  { vectors: 0.01, terms: 0.02 },
]
const WORSE_MAX = 2

/** Fits under weaker and weaker penalties. */
export async function sweepPenalties(
  fitter: TextFitter,
  { learning, validation }: Pick<TextSplit, 'learning' | 'validation'>,
  inputs: Omit<TextFit, 'penalty'>,
  onFit: (logLoss: number) => void = () => {},
): Promise<TextCandidate[]> {
  const found: TextCandidate[] = []
  for (const penalty of PENALTIES) {
    if (found.some((one) => isSamePenalty(one.penalty, penalty, inputs))) continue
    const how = { ...inputs, penalty }
    const parameters = await fitter.fit(learning, how, found.at(-1)?.parameters)
    const logits = fitter.logits(parameters, validation, inputs.vectors)
    const calibrated = calibrate(logits, fitter.labelsOf(validation), fitter.names.length)
    found.push({ ...how, ...calibrated, parameters })
    onFit(calibrated.logLoss)
    if (found.length - 1 - found.indexOf(bestOf(found)) >= WORSE_MAX) break
  }
  return found
}

/** A penalty that differs only in what is not looked at is the same one. */
function isSamePenalty(
  one: Penalty,
  other: Penalty,
  { withTerms, vectors }: Pick<TextFit, 'withTerms' | 'vectors'>,
): boolean {
  return (!withTerms || one.terms === other.terms) && (vectors === undefined || one.vectors === other.vectors)
}

/** The one that loses least. */
export function bestOf(candidates: readonly TextCandidate[]): TextCandidate {
  return candidates.reduce((one, other) => (other.logLoss < one.logLoss ? other : one))
}
