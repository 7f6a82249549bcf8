import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { intent, intentOutputs } from '../../models/intent/intent.ts'
import type { IntentParameters } from '../../models/intent/intent-parameters.ts'
import type { Artefact } from '../../models/model.ts'
import { answersOf } from '../../models/text/text-metrics.ts'
import { contextOf, contextRows, intentTextsOf } from '../../retrainer/training/intents/intent-texts.ts'
import { fieldOf, JsonLinesError, readJsonLines } from '../../retrainer/training/read-json-lines.ts'
import { scored } from '../../retrainer/lifecycle/scored.ts'
import type { CommandContext } from '../context.ts'

const ADDED = ['prediction', 'label']

/** Writes each row again with `label`, what it is about, and `prediction`, the probability of that. */
export async function predictIntent(
  context: CommandContext,
  { parameters, featureNames }: Artefact,
  { data, out }: { readonly data: string; readonly out: string },
): Promise<void> {
  const stored = parameters as IntentParameters
  const { fields } = stored
  if (fields === undefined)
    throw new Error('The model was not trained on a file: it does not know which fields to read.')
  const rows = await readJsonLines(data)
  const taken = ADDED.find((name) => Object.hasOwn(rows[0]!, name))
  if (taken !== undefined) throw new JsonLinesError(`${data} already has a field ${taken}.`)
  const { texts } = intentTextsOf(rows, { text: fields.text })
  const contexts = rows.map((row, index) => {
    if (fields.context === undefined) return new Map()
    return contextOf(
      fieldOf(row, fields.context, `row ${index + 1} of ${data}`),
      fields.context,
      `row ${index + 1} of ${data}`,
    )
  })
  const batch = { count: rows.length, width: featureNames.length, rows: contextRows(contexts, featureNames), texts }
  const outputs = intentOutputs(stored)
  const given = await scored(intent.scorer(stored), batch, outputs.length)
  const answers = answersOf(given, outputs.length)
  const lines = rows.map((row, index) => {
    const answer = answers[index]!
    return `${JSON.stringify({ ...row, prediction: given[index * outputs.length + answer], label: outputs[answer] })}\n`
  })
  const file = createWriteStream(out)
  await (out.endsWith('.gz')
    ? pipeline(Readable.from(lines), createGzip(), file)
    : pipeline(Readable.from(lines), file))
  context.log('info', `${rows.length} predictions are in ${out}.`)
}
