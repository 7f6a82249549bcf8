import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Artefact } from '../models/model.ts'
import { textOf } from '../models/text/text-case.ts'
import { answersOf } from '../models/text/text-metrics.ts'
import { openTextModel, TextModelError, type TextModelParameters } from '../models/text/text-model.ts'
import { fieldOf, JsonLinesError, readJsonLines } from '../retrainer/read-json-lines.ts'
import { casesOf } from '../retrainer/text-cases.ts'
import { encodeCases } from '../runtimes/text/encode-cases.ts'
import { openEncoders } from '../runtimes/text/encoders.ts'
import { backboneFolder, backboneOf } from './backbone.ts'
import type { CommandContext } from './context.ts'

export interface PredictTextOptions {
  readonly data: string
  readonly out: string
  readonly backbone?: string | undefined
  readonly precision?: string | undefined
}

const ADDED = ['prediction', 'label']

/**
 * Writes each row again with `prediction` and `label`: of two classes the probability of the second and which is the more probable, of
 * more the most probable one with its probability. Rows of one case have the same.
 */
export async function predictText(context: CommandContext, { parameters }: Artefact, options: PredictTextOptions): Promise<void> {
  const { data, out } = options
  const stored = parameters as TextModelParameters
  const { fields, labels, backbone } = stored
  if (fields === undefined) throw new TextModelError('The model was not trained on a file: it has no names of fields to read.')
  const rows = await readJsonLines(data)
  const taken = ADDED.find((name) => name in rows[0]!)
  if (taken !== undefined) throw new JsonLinesError(`${data} already has a field ${taken}.`)
  fieldOf(rows[0]!, fields.text, `row 1 of ${data}`)
  const cases = casesOf(rows, fields)
  const configured = backboneOf(context.config)
  const encoders = openEncoders({
    ...configured,
    folder: options.backbone === undefined ? configured.folder : backboneFolder(options.backbone),
    precision: (options.precision as 'int8' | undefined) ?? configured.precision,
  })
  try {
    const vectors =
      backbone === null
        ? undefined
        : (await encodeCases(await encoders.encoder(backbone)(), cases.cases, stored.strategy)).vectors
    const probabilities = openTextModel(stored).probabilities(cases.cases.map(textOf), vectors)
    const answers = answersOf(probabilities, labels.length)
    const added = Array.from(answers, (answer, one) => ({
      prediction: probabilities[one * labels.length + (labels.length === 2 ? 1 : answer)]!,
      label: labels[answer]!,
    }))
    const lines = rows.map((row, index) => `${JSON.stringify({ ...row, ...added[cases.caseOf[index]!] })}\n`)
    const file = createWriteStream(out)
    await (out.endsWith('.gz') ? pipeline(Readable.from(lines), createGzip(), file) : pipeline(Readable.from(lines), file))
    context.log('info', `${rows.length} predictions are in ${out}.`)
  } finally {
    await encoders.close()
  }
}
