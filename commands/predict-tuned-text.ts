import { createWriteStream, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Artefact } from '../models/model.ts'
import { answersOf } from '../models/text/text-metrics.ts'
import { wordPieceTokenizer } from '../models/text/wordpiece.ts'
import { ModelFolderError } from '../retrainer/model-folder.ts'
import { JsonLinesError, readJsonLines } from '../retrainer/read-json-lines.ts'
import { casesOf } from '../retrainer/text-cases.ts'
import { markedWindows } from '../retrainer/tune-text.ts'
import { openTunedSession } from '../runtimes/text/tuned-session.ts'
import type { CommandContext } from './context.ts'
import { sha256, type TunedTextParameters } from './train-tuned-text.ts'

const ADDED = ['prediction', 'label']
const WINDOWS_AT_ONCE = 16

/** As `predictText`, by a tuned backbone in the folder. */
export async function predictTunedText(
  context: CommandContext,
  folder: string,
  { parameters }: Artefact,
  { data, out }: { readonly data: string; readonly out: string },
): Promise<void> {
  const { labels, strategy, piecesMax, lowercaseFirst, files, fields } = parameters as TunedTextParameters
  for (const [name, sum] of Object.entries(files))
    if (sha256(readFileSync(join(folder, name))) !== sum)
      throw new ModelFolderError(`${join(folder, name)} was changed or damaged: its SHA-256 is not the one that model.json says.`)
  const rows = await readJsonLines(data)
  const taken = ADDED.find((name) => name in rows[0]!)
  if (taken !== undefined) throw new JsonLinesError(`${data} already has a field ${taken}.`)
  const { cases, caseOf } = casesOf(rows, fields)
  const tokenizer = wordPieceTokenizer(JSON.parse(readFileSync(join(folder, 'tokenizer.json'), 'utf8')), { lowercaseFirst })
  const { windows } = markedWindows(cases, { tokenizer, strategy, piecesMax })
  const session = await openTunedSession(join(folder, 'model.onnx'), labels.length)
  try {
    const given = new Float64Array(cases.length * labels.length)
    const order = [...windows.keys()].sort((one, other) => windows[one]!.length - windows[other]!.length)
    for (let from = 0; from < order.length; from += WINDOWS_AT_ONCE) {
      const part = order.slice(from, from + WINDOWS_AT_ONCE)
      const said = await session.probabilities(part.map((one) => windows[one]!))
      part.forEach((one, at) => given.set(said.subarray(at * labels.length, (at + 1) * labels.length), one * labels.length))
    }
    const answers = answersOf(given, labels.length)
    const lines = rows.map((row, index) => {
      const [one, answer] = [caseOf[index]!, answers[caseOf[index]!]!]
      const prediction = given[one * labels.length + (labels.length === 2 ? 1 : answer)]
      return `${JSON.stringify({ ...row, prediction, label: labels[answer] })}\n`
    })
    const file = createWriteStream(out)
    await (out.endsWith('.gz') ? pipeline(Readable.from(lines), createGzip(), file) : pipeline(Readable.from(lines), file))
    context.log('info', `${rows.length} predictions are in ${out}.`)
  } finally {
    await session.close()
  }
}
