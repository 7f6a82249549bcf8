import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Artefact } from '../models/model.ts'
import type { TextCase } from '../models/text/text-case.ts'
import { wordPieceTokenizer } from '../models/text/wordpiece.ts'
import { ModelFolderError } from '../retrainer/model-folder.ts'
import type { CaseFields } from '../retrainer/text-cases.ts'
import { markedWindows } from '../retrainer/tune-text.ts'
import { openTunedSession } from '../runtimes/text/tuned-session.ts'
import type { TextScorer } from './text-scorer.ts'

export const TUNED_TEXT = 'tuned-text'

/** What model.json says of a tuned model; the weights are in model.onnx beside it. */
export interface TunedTextParameters {
  readonly labels: readonly string[]
  readonly strategy: 'newest' | 'head-tail'
  readonly piecesMax: number
  readonly lowercaseFirst: boolean
  /** SHA-256 of model.onnx and tokenizer.json. */
  readonly files: Readonly<Record<string, string>>
  readonly fields: CaseFields
}

const WINDOWS_AT_ONCE = 16

/** As `withTextScorer`, of a tuned backbone in the folder. Throws `ModelFolderError` for a file that is not the one that was written. */
export async function withTunedTextScorer(
  folder: string,
  { parameters }: Artefact,
  work: (scorer: TextScorer) => Promise<void>,
): Promise<void> {
  const { labels, strategy, piecesMax, lowercaseFirst, files, fields } = parameters as TunedTextParameters
  for (const [name, sum] of Object.entries(files))
    if (sha256(readFileSync(join(folder, name))) !== sum)
      throw new ModelFolderError(`${join(folder, name)} was changed or damaged: its SHA-256 is not the one that model.json says.`)
  const tokenizer = wordPieceTokenizer(JSON.parse(readFileSync(join(folder, 'tokenizer.json'), 'utf8')), { lowercaseFirst })
  const session = await openTunedSession(join(folder, 'model.onnx'), labels.length)
  const classes = labels.length

  /** Windows of like length together: little is filled up. */
  async function probabilities(cases: readonly TextCase[]): Promise<Float64Array> {
    const { windows } = markedWindows(cases, { tokenizer, strategy, piecesMax })
    const given = new Float64Array(cases.length * classes)
    const order = [...windows.keys()].sort((one, other) => windows[one]!.length - windows[other]!.length)
    for (let from = 0; from < order.length; from += WINDOWS_AT_ONCE) {
      const part = order.slice(from, from + WINDOWS_AT_ONCE)
      const said = await session.probabilities(part.map((one) => windows[one]!))
      part.forEach((one, at) => given.set(said.subarray(at * classes, (at + 1) * classes), one * classes))
    }
    return given
  }

  try {
    await work({ labels, fields, probabilities })
  } finally {
    await session.close()
  }
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
