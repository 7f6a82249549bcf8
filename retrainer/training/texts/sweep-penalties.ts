import type { Penalty } from '../../../models/text/softmax-head.ts'
import type { TextModelParameters } from '../../../models/text/text-model.ts'
import type { TextFit, TextFitter } from './text-fitter.ts'
import type { LearningSplit } from './text-split.ts'
import { calibrate } from './text-validation.ts'

/** A way of fitting, and its log loss on rows that the fits had not seen. */
export interface TextCandidate extends TextFit {
  readonly logLoss: number
  readonly temperature: number
  /** On these rows: of all splits together. */
  readonly heldLogits: Float64Array
  readonly heldLabels: Int32Array
  /** Of the last split. */
  readonly parameters: TextModelParameters
}

/**
 * Vectors and terms are of length 1: weights of tens are nothing unusual. The strongest first: the next begins where it
 * ended. After `WORSE_MAX` in a row that are no better than the best, weaker ones are not tried.
 */
const PENALTIES: readonly Penalty[] = [
  { vectors: 10, terms: 3 },
  { vectors: 1, terms: 1 },
  { vectors: 1, terms: 0.2 },
  { vectors: 0.1, terms: 0.2 },
  { vectors: 0.03, terms: 0.05 },
  { vectors: 0.01, terms: 0.02 },
]
const WORSE_MAX = 2

/** A penalty with the next stronger and the next weaker one. */
export function penaltiesAround(penalty: Penalty): readonly Penalty[] {
  const place = PENALTIES.findIndex((one) => one.vectors === penalty.vectors && one.terms === penalty.terms)
  return PENALTIES.slice(Math.max(0, place - 1), place + 2)
}

/** Fits under weaker and weaker penalties, on each split. */
export async function sweepPenalties(
  fitter: TextFitter,
  splits: readonly LearningSplit[],
  inputs: Omit<TextFit, 'penalty'>,
  onFit: (logLoss: number) => void = () => {},
  penalties: readonly Penalty[] = PENALTIES,
): Promise<TextCandidate[]> {
  const found: TextCandidate[] = []
  const before: TextModelParameters[] = []
  for (const penalty of penalties) {
    if (found.some((one) => isSamePenalty(one.penalty, penalty, inputs))) continue
    const how = { ...inputs, penalty }
    const held: { readonly logits: Float64Array; readonly labels: Int32Array }[] = []
    for (const [part, { learning, validation }] of splits.entries()) {
      before[part] = await fitter.fit(learning, how, before[part])
      held.push({
        logits: fitter.logits(before[part], validation, inputs.vectors),
        labels: fitter.labelsOf(validation),
      })
    }
    const heldLogits = Float64Array.from(held.flatMap(({ logits }) => [...logits]))
    const heldLabels = Int32Array.from(held.flatMap(({ labels }) => [...labels]))
    const calibrated = calibrate(heldLogits, heldLabels, fitter.names.length)
    found.push({ ...how, ...calibrated, heldLogits, heldLabels, parameters: before.at(-1)! })
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
export function bestOf<One extends Pick<TextCandidate, 'logLoss'>>(candidates: readonly One[]): One {
  return candidates.reduce((one, other) => (other.logLoss < one.logLoss ? other : one))
}
