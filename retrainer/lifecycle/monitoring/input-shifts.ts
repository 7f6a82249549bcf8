import { sampleShift } from '../../../models/drift/sample-shift.ts'
import { stabilityBand } from '../../../models/drift/stability-index.ts'
import type { InputShift } from '../../../store/models/model-reports.ts'

/** A row of a model with whom it is about. */
export interface MonitoredRow {
  readonly customerId: string
  readonly row: readonly number[]
  readonly text: string | null
}

/** A number that is not a feature but tells of a text that the model reads. */
const TEXT_LENGTH = 'text.length'

/** Probability that any input of a model in use is taken for changed although none is. */
const FALSE_ALARMS = 0.01
const PERMUTATION_P_MAX = 0.01
/** Enough to tell whether that is reached. */
const PERMUTATIONS = 199
/** Smaller changes do not matter, however certain they are. */
const STABILITY_INDEX_MIN = 0.1
const MISSING_CHANGE_MIN = 0.05

/**
 * Compares each input of a model, and the length of the texts that it reads, in two samples. An input has drifted if the
 * tests of `sampleShift`, corrected for the number of inputs (Bonferroni), and the size of the change agree. The inputs
 * that changed most come first.
 */
export function inputShifts(
  names: readonly string[],
  reference: readonly MonitoredRow[],
  recent: readonly MonitoredRow[],
  seed: number,
): readonly InputShift[] {
  const clusters = customersOf([reference, recent])
  const readsText = [reference, recent].every((rows) => rows.some(({ text }) => text !== null))
  const inputs = [...names, ...(readsText ? [TEXT_LENGTH] : [])]
  const sampleOf = (rows: readonly MonitoredRow[], at: number, sample: number) => ({
    values: Float64Array.from(rows, ({ row, text }) => (at < names.length ? row[at]! : (text?.length ?? Number.NaN))),
    clusters: clusters[sample]!,
  })
  return inputs
    .map((feature, at): InputShift => {
      const shift = sampleShift(sampleOf(reference, at, 0), sampleOf(recent, at, 1), seed, {
        permuteBelow: FALSE_ALARMS / inputs.length,
        draws: PERMUTATIONS,
      })
      const { stabilityIndex, distance, missingBefore, missingNow, byPermutation } = shift
      const pValue = Math.min(1, shift.pValue * inputs.length)
      const matters =
        (stabilityIndex ?? 0) >= STABILITY_INDEX_MIN || Math.abs(missingNow - missingBefore) >= MISSING_CHANGE_MIN
      return {
        feature,
        stabilityIndex,
        band: stabilityIndex === null ? null : stabilityBand(stabilityIndex),
        distance,
        pValue,
        drifted: matters && pValue < FALSE_ALARMS && byPermutation <= PERMUTATION_P_MAX,
        missingBefore,
        missingNow,
        stabilityIndexAtRelease: null,
        missingAtRelease: null,
      }
    })
    .sort((one, other) => changeOf(other) - changeOf(one))
}

/** Drifted inputs first, then by the size of the change. */
function changeOf({ drifted, stabilityIndex, missingBefore, missingNow }: InputShift): number {
  const size = Math.max(stabilityIndex ?? 0, Math.abs(missingNow - missingBefore))
  return drifted ? 1_000 + size : size
}

/** Numbers the customers of both samples. */
function customersOf(samples: readonly (readonly MonitoredRow[])[]): readonly Int32Array[] {
  const ids = new Set(samples.flatMap((rows) => rows.map(({ customerId }) => customerId)))
  const numbers = new Map([...ids].map((customerId, number) => [customerId, number]))
  return samples.map((rows) => Int32Array.from(rows, ({ customerId }) => numbers.get(customerId)!))
}
