import type { Penalty } from '../../../models/text/softmax-head.ts'
import type { TextModelParameters } from '../../../models/text/text-model.ts'
import type { TextFit, TextFitter } from './text-fitter.ts'
import type { LearningSplit } from './text-split.ts'
import { calibrate } from './text-validation.ts'

/** A fit, with its log loss on held-out rows. */
export interface TextCandidate extends TextFit {
  readonly logLoss: number
  readonly temperature: number
  /** Logits and labels of the held-out rows of all splits together. */
  readonly heldLogits: Float64Array
  readonly heldLabels: Int32Array
  /** Parameters fitted on the last split. */
  readonly parameters: TextModelParameters
}

/**
 * Penalties, strongest first; each fit is warm-started from the previous one. Weak penalties are needed because vectors
 * and terms have length 1, so that weights in the tens are normal. The sweep stops after `WORSE_MAX` penalties in a row
 * without improvement.
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

/** Returns a penalty with its next stronger and next weaker neighbours. */
export function penaltiesAround(penalty: Penalty): readonly Penalty[] {
  const place = PENALTIES.findIndex((one) => one.vectors === penalty.vectors && one.terms === penalty.terms)
  return PENALTIES.slice(Math.max(0, place - 1), place + 2)
}

/** Fits on each split with weaker and weaker penalties. */
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

/** Returns whether two penalties are equal for the inputs in use. */
function isSamePenalty(
  one: Penalty,
  other: Penalty,
  { withTerms, vectors }: Pick<TextFit, 'withTerms' | 'vectors'>,
): boolean {
  return (!withTerms || one.terms === other.terms) && (vectors === undefined || one.vectors === other.vectors)
}

/** Returns the candidate with the lowest loss. */
export function bestOf<One extends Pick<TextCandidate, 'logLoss'>>(candidates: readonly One[]): One {
  return candidates.reduce((one, other) => (other.logLoss < one.logLoss ? other : one))
}
