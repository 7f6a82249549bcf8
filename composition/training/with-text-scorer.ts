import type { Artefact } from '../../models/model.ts'
import { textOf, type TextCase } from '../../models/text/text-case.ts'
import { labelText, labelTextProbabilities, type LabelTextParameters } from '../../models/text/label-text-model.ts'
import { text } from '../../models/text/text.ts'
import { openTextModel, TextModelError, type TextModelParameters } from '../../models/text/text-model.ts'
import { tunedText, type TunedTextParameters } from '../../models/text/tuned-text.ts'
import type { CaseVectors } from '../../models/text/attention-pooling.ts'
import type { CaseFields } from '../../models/text/case-fields.ts'
import { encodeCases, withWindow } from '../../runtimes/text/encode-cases.ts'
import { openEncoders, type Encoders } from '../../runtimes/text/encoders.ts'
import type { SentenceEncoderOptions } from '../../runtimes/text/open-sentence-encoder.ts'
import { backboneFolder, backboneOf } from './backbone.ts'
import type { CommandContext } from '../context.ts'

export interface TextScorerOptions {
  /** Backbone instead of the configured one; a tuned model has its own. */
  readonly backbone?: string | undefined
  readonly precision?: string | undefined
}

/** A text model that was trained on a file, ready to score another one. */
export interface TextScorer {
  readonly labels: readonly string[]
  readonly fields: CaseFields
  /** Probability from which a case has each label; `undefined` if a case has exactly one label. */
  readonly thresholds?: readonly number[] | undefined
  /** Returns the probability of each class, case by case. */
  probabilities(cases: readonly TextCase[]): Promise<Float64Array>
  /** Number of cases so far, by script, for scripts that are nearly missing from the backbone's vocabulary. */
  readonly unread: ReadonlyMap<string, number>
}

/** Returns whether a model classifies cases of texts. */
export function readsCases({ algorithm }: Pick<Artefact, 'algorithm'>): boolean {
  return [text.name, tunedText.name, labelText.name].includes(algorithm)
}

/** Returns the backbone of a model in a folder: the folder itself if the backbone was tuned. */
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

/** Runs `work` with the text model of a folder. Throws `TextModelError` for one that was not trained on a file. */
export async function withTextScorer(
  context: CommandContext,
  folder: string,
  artefact: Artefact,
  options: TextScorerOptions,
  work: (scorer: TextScorer) => Promise<void>,
): Promise<void> {
  const encoders = openEncoders(backboneFor(context, folder, artefact, options))
  try {
    await work(textScorer(artefact, encoders))
  } finally {
    await encoders.close()
  }
}

/** Returns a scorer for a text model. Throws `TextModelError` for one that was not trained on a file. */
export function textScorer(artefact: Artefact, encoders: Pick<Encoders, 'encoder'>): TextScorer {
  const { labels, fields, thresholds } = artefact.parameters as Partial<Pick<LabelTextParameters, 'thresholds'>> &
    Pick<TextModelParameters | TunedTextParameters, 'labels' | 'fields'>
  if (fields === undefined)
    throw new TextModelError('The model was not trained on a file: it does not know which fields to read.')
  const unread = new Map<string, number>()
  const encoded = async (...given: Parameters<typeof encodeCases>) => {
    const read = await encodeCases(...given)
    for (const [script, count] of read.unsupportedScripts) unread.set(script, (unread.get(script) ?? 0) + count)
    return read.vectors
  }
  const scorer = { [tunedText.name]: tuned, [labelText.name]: labelled }[artefact.algorithm] ?? frozen
  return { labels, fields, thresholds, unread, probabilities: scorer(artefact, encoders, encoded) }
}

type Encoded = (...given: Parameters<typeof encodeCases>) => Promise<CaseVectors>
type Scorer = (artefact: Artefact, encoders: Pick<Encoders, 'encoder'>, encoded: Encoded) => TextScorer['probabilities']

/** Returns a scorer for models on vectors of the frozen backbone, or on terms alone. */
function onFrozen<Parameters extends Pick<TextModelParameters, 'backbone' | 'strategy'>>(
  open: (parameters: Parameters) => (texts: readonly string[], vectors: CaseVectors | undefined) => Float64Array,
): Scorer {
  return (artefact, encoders, encoded) => {
    const parameters = artefact.parameters as Parameters
    const { backbone, strategy } = parameters
    const probabilities = open(parameters)
    return async (cases) => {
      const vectors = backbone === null ? undefined : await encoded(await encoders.encoder(backbone)(), cases, strategy)
      return probabilities(cases.map(textOf), vectors)
    }
  }
}

const frozen = onFrozen<TextModelParameters>((parameters) => openTextModel(parameters).probabilities)
const labelled = onFrozen<LabelTextParameters>(labelTextProbabilities)

const tuned: Scorer = (artefact, encoders, encoded) => {
  const { backbone, strategy, piecesMax } = artefact.parameters as TunedTextParameters
  const encoder = encoders.encoder(backbone)
  return async (cases) => {
    const { vectors } = await encoded(withWindow(await encoder(), piecesMax), cases, strategy)
    return Float64Array.from(vectors)
  }
}
