import { agesAndGaps, type CaseVectors } from '../../models/text/attention-pooling.ts'
import type { SentenceEncoder } from '../../models/text/sentence-encoder.ts'
import type { TextCase } from '../../models/text/text-case.ts'
import { SPECIAL_TOKEN_COUNT, windowsOf, type Strategy } from '../../models/text/windows.ts'

export interface EncodedCases {
  readonly vectors: CaseVectors
  /** Number of cases that were cut, and the number of ids left out of them. */
  readonly truncated: { readonly cases: number; readonly ids: number }
  /** Number of cases by script, for scripts of which the backbone has hardly any words. */
  readonly unsupportedScripts: ReadonlyMap<string, number>
}

/** Limits the tokens read per window, including the special tokens. Default: the backbone's maximum. */
export function withWindow(encoder: SentenceEncoder, piecesMax = Infinity): SentenceEncoder {
  return { ...encoder, windowMax: Math.min(encoder.windowMax, piecesMax - SPECIAL_TOKEN_COUNT) }
}

/** Cases per batch, so that progress can be reported. */
const CASES_PER_CALL = 256

/**
 * Encodes the windows that the strategy selects from each case. Equal windows are encoded once, as long as the encoder
 * caches them.
 */
export async function encodeCases(
  encoder: SentenceEncoder,
  cases: readonly TextCase[],
  strategy: Strategy,
  progress: (share: number) => void = () => {},
): Promise<EncodedCases> {
  const { dimension, windowMax, tokenizer } = encoder
  const starts = new Int32Array(cases.length + 1)
  const parts: Float32Array[] = []
  const ages: number[] = []
  const gaps: number[] = []
  const truncated = { cases: 0, ids: 0 }
  const unsupportedScripts = new Map<string, number>()
  for (let from = 0; from < cases.length; from += CASES_PER_CALL) {
    const windows: Int32Array[] = []
    cases.slice(from, from + CASES_PER_CALL).forEach(({ records }, place) => {
      const read = windowsOf(
        records.map(({ text, at }) => ({ ids: tokenizer.ids(text), at })),
        strategy,
        windowMax,
      )
      if (read.leftOut > 0) truncated.cases++
      truncated.ids += read.leftOut
      const script = tokenizer.unknownScript?.(records.at(-1)?.text ?? '')
      if (script !== undefined) unsupportedScripts.set(script, (unsupportedScripts.get(script) ?? 0) + 1)
      const when = agesAndGaps(read.times)
      ages.push(...when.ages)
      gaps.push(...when.gaps)
      windows.push(...read.windows)
      starts[from + place + 1] = starts[from + place]! + read.windows.length
    })
    parts.push(await encoder.encode(windows))
    progress(Math.min(1, (from + CASES_PER_CALL) / cases.length))
  }
  const vectors = new Float32Array(starts[cases.length]! * dimension)
  let at = 0
  for (const part of parts) {
    vectors.set(part, at)
    at += part.length
  }
  return {
    vectors: { starts, dimension, vectors, ages: Float32Array.from(ages), gaps: Float32Array.from(gaps) },
    truncated,
    unsupportedScripts,
  }
}
