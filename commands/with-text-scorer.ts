import type { Artefact } from '../models/model.ts'
import { textOf } from '../models/text/text-case.ts'
import { openTextModel, TextModelError, type TextModelParameters } from '../models/text/text-model.ts'
import { encodeCases } from '../runtimes/text/encode-cases.ts'
import { openEncoders } from '../runtimes/text/encoders.ts'
import { backboneFolder, backboneOf } from './backbone.ts'
import type { CommandContext } from './context.ts'
import type { TextScorer } from './text-scorer.ts'
import { TUNED_TEXT, withTunedTextScorer } from './tuned-text-scorer.ts'

export interface TextScorerOptions {
  /** What reads the texts, where it is not the one that is configured; a tuned model brings its own. */
  readonly backbone?: string | undefined
  readonly precision?: string | undefined
}

/** Whether a model tells classes of cases of texts. */
export function readsCases({ algorithm }: Artefact): boolean {
  return algorithm === 'text' || algorithm === TUNED_TEXT
}

/** The model of texts in a folder, trained on a file, ready for another one. Throws `TextModelError` for one that was not. */
export async function withTextScorer(
  context: CommandContext,
  folder: string,
  artefact: Artefact,
  options: TextScorerOptions,
  work: (scorer: TextScorer) => Promise<void>,
): Promise<void> {
  if (artefact.algorithm === TUNED_TEXT) return withTunedTextScorer(folder, artefact, work)
  const parameters = artefact.parameters as TextModelParameters
  const { labels, fields, backbone, strategy } = parameters
  if (fields === undefined) throw new TextModelError('The model was not trained on a file: it has no names of fields to read.')
  const model = openTextModel(parameters)
  const configured = backboneOf(context.config)
  const encoders = openEncoders({
    ...configured,
    folder: options.backbone === undefined ? configured.folder : backboneFolder(options.backbone),
    precision: (options.precision as 'int8' | undefined) ?? configured.precision,
  })
  try {
    await work({
      labels,
      fields,
      async probabilities(cases) {
        const read = backbone === null ? undefined : await encodeCases(await encoders.encoder(backbone)(), cases, strategy)
        return model.probabilities(cases.map(textOf), read?.vectors)
      },
    })
  } finally {
    await encoders.close()
  }
}
