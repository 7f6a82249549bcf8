import type { Artefact } from '../../models/model.ts'
import { textOf, type TextCase } from '../../models/text/text-case.ts'
import { text } from '../../models/text/text.ts'
import { openTextModel, TextModelError, type TextModelParameters } from '../../models/text/text-model.ts'
import { tunedText, type TunedTextParameters } from '../../models/text/tuned-text.ts'
import type { CaseFields } from '../../models/text/case-fields.ts'
import { encodeCases, withWindow } from '../../runtimes/text/encode-cases.ts'
import { openEncoders } from '../../runtimes/text/encoders.ts'
import type { SentenceEncoderOptions } from '../../runtimes/text/open-sentence-encoder.ts'
import { backboneFolder, backboneOf } from './backbone.ts'
import type { CommandContext } from '../context.ts'

export interface TextScorerOptions {
  /** The backbone, if not the configured one; a tuned model has its own. */
  readonly backbone?: string | undefined
  readonly precision?: string | undefined
}

/** A model of texts that was trained on a file, ready for another one. */
export interface TextScorer {
  readonly labels: readonly string[]
  readonly fields: CaseFields
  /** A probability for each class, case by case. */
  probabilities(cases: readonly TextCase[]): Promise<Float64Array>
}

/** Whether a model classifies cases of texts. */
export function readsCases({ algorithm }: Pick<Artefact, 'algorithm'>): boolean {
  return algorithm === text.name || algorithm === tunedText.name
}

/** The backbone of a model in a folder: the folder itself if the backbone was tuned. */
export function backboneFor(
  context: CommandContext,
  folder: string,
  { algorithm }: Pick<Artefact, 'algorithm'>,
  { backbone, precision }: TextScorerOptions,
): Required<Pick<SentenceEncoderOptions, 'folder' | 'precision' | 'threads'>> {
  const configured = backboneOf(context.config)
  if (algorithm === tunedText.name) return { ...configured, folder, precision: 'float32' }
  return {
    ...configured,
    folder: backbone === undefined ? configured.folder : backboneFolder(backbone),
    precision: (precision as 'int8' | undefined) ?? configured.precision,
  }
}

/** The model of texts in a folder. Throws `TextModelError` for one that was not trained on a file. */
export async function withTextScorer(
  context: CommandContext,
  folder: string,
  artefact: Artefact,
  options: TextScorerOptions,
  work: (scorer: TextScorer) => Promise<void>,
): Promise<void> {
  const { labels, fields } = artefact.parameters as TextModelParameters | TunedTextParameters
  if (fields === undefined)
    throw new TextModelError('The model was not trained on a file: it does not know which fields to read.')
  const encoders = openEncoders(backboneFor(context, folder, artefact, options))
  try {
    await work({ labels, fields, probabilities: artefact.algorithm === tunedText.name ? tuned() : frozen() })
  } finally {
    await encoders.close()
  }

  function frozen(): TextScorer['probabilities'] {
    const parameters = artefact.parameters as TextModelParameters
    const { backbone, strategy } = parameters
    const model = openTextModel(parameters)
    return async (cases) => {
      const read =
        backbone === null ? undefined : await encodeCases(await encoders.encoder(backbone)(), cases, strategy)
      return model.probabilities(cases.map(textOf), read?.vectors)
    }
  }

  function tuned(): TextScorer['probabilities'] {
    const { backbone, strategy, piecesMax } = artefact.parameters as TunedTextParameters
    const encoder = encoders.encoder(backbone)
    return async (cases) => {
      const { vectors } = await encodeCases(withWindow(await encoder(), piecesMax), cases, strategy)
      return Float64Array.from(vectors.vectors)
    }
  }
}
