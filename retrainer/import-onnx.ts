import { createHash } from 'node:crypto'
import { encodeArtefact, modelFrom } from '../models/artefact.ts'
import type { Artefact, Dataset, Model } from '../models/model.ts'
import { importedOnnx, importedOnnxRate, importedParameters } from '../models/onnx/imported.ts'
import { inspectOnnx } from '../models/onnx/inspect-onnx.ts'
import { OnnxError } from '../models/onnx/onnx-error.ts'
import type { OnnxScores, ScoringRuntimes } from '../models/scoring-runtimes.ts'
import { chosenRows, honestSplit } from '../models/split.ts'
import { inputOf, outputOf } from '../runtimes/onnx-surface.ts'
import type { Database } from '../store/database.ts'
import { championOf, promoteModel, registerModel } from '../store/models.ts'
import { servedRows } from '../store/training-data.ts'
import { judge, NEWEST_SHARE, type Judgement } from './challenge.ts'
import type { LearnableTask } from './learnable-tasks.ts'
import { learnerNamed } from './learners.ts'
import { fingerprint, ROWS_MIN, usable } from './retrain.ts'
import { scored } from './scored.ts'
import { trainingSet } from './training-set.ts'

/** A release travels as one message, in which the model is half as long again. */
const ONNX_BYTES_MAX = 5 << 20
const SEED = 1

export interface ImportRequest {
  readonly database: Database
  readonly runtimes: ScoringRuntimes
  readonly task: LearnableTask
  readonly bytes: Uint8Array
  /** Names of ours for the columns that the model takes, in its order; not given: all of the task's features, in their order. */
  readonly features?: readonly string[] | undefined
  readonly scores?: OnnxScores
  /** Makes it the model in use at once, with this reason; not given: it is a challenger. */
  readonly promoteBecause?: string | undefined
  /** Of this platform. */
  readonly codeVersion: string
}

export interface Imported {
  readonly modelId: string
  /** On the newest of the rows that were served and whose outcome is known; `undefined`: there are too few. */
  readonly judgement: Judgement | undefined
  /** Rows that it was tried on. */
  readonly rows: number
}

/**
 * Takes in an ONNX model of the rows of a task, so that a bank can bring its own. Throws `OnnxError` for a model that can't be opened,
 * takes other rows, or does not give numbers that the task could use; nothing is registered then.
 */
export async function importOnnx(request: ImportRequest): Promise<Imported> {
  const { database, runtimes, task, bytes, codeVersion } = request
  if (bytes.length > ONNX_BYTES_MAX)
    throw new OnnxError(`The model has ${bytes.length} bytes, and ${ONNX_BYTES_MAX} at most can be released.`)
  const artefact = artefactOf(request)
  const encoded = encodeArtefact(artefact)
  const id = createHash('sha256').update(encoded).digest('hex')
  const model = modelFrom(encoded, id, runtimes)
  const rows = await servedRows(database, task.task, task.features.id)
  const data = rows.length === 0 ? unknownRow(task) : trainingSet(rows, task.features.names)
  await tryOn(data, model, artefact)
  const judgement =
    rows.length < ROWS_MIN || new Set(rows.map(({ label }) => label)).size < 2
      ? undefined
      : await judged(data, model, usable(await championOf(database, task.task), task, runtimes), artefact)
  await registerModel(database, {
    id,
    task: task.task,
    algorithm: artefact.algorithm,
    featureSet: task.features.id,
    artefact: Buffer.from(encoded),
    metrics: judgement?.metrics ?? {},
    data: {
      imported: true,
      ...(rows.length === 0 ? {} : fingerprint(rows)),
      ...(judgement === undefined ? {} : { baseline: judgement.baseline, judgement: judgement.reason }),
    },
    codeVersion,
  })
  if (request.promoteBecause !== undefined) await promoteModel(database, id, request.promoteBecause)
  return { modelId: id, judgement, rows: rows.length }
}

function artefactOf({ task, bytes, features, scores = {} }: ImportRequest): Artefact {
  const { names, id } = task.features
  const description = inspectOnnx(bytes)
  const { width } = inputOf(description)
  outputOf(description, scores)
  const unknown = features?.filter((name) => !names.includes(name)) ?? []
  if (unknown.length > 0)
    throw new OnnxError(`${id} has no ${unknown.join(', ')}: docs/features.md has the names of its numbers.`)
  const count = features?.length ?? names.length
  if (width !== undefined && width !== count)
    throw new OnnxError(
      features === undefined
        ? `The model takes rows of ${width} numbers, and ${id} has ${count}: name those that it takes, in its order, with --features.`
        : `The model takes rows of ${width} numbers, and ${count} features are named.`,
    )
  const { kind } = learnerNamed(task.algorithm).algorithm
  return {
    task: task.task,
    algorithm: (kind === 'classification' ? importedOnnx : importedOnnxRate).name,
    featureSet: id,
    featureNames: names,
    ...(features === undefined ? {} : { chosen: features.map((name) => names.indexOf(name)) }),
    parameters: importedParameters(bytes, scores),
  }
}

/** Every row gets a number, and a probability where it is to be one. */
async function tryOn(data: Dataset, model: Model, { algorithm }: Artefact): Promise<void> {
  const scores = await scored((batch, into) => model.score(batch, into), data)
  const wrong = scores.findIndex((score) =>
    algorithm === importedOnnx.name ? !(score >= 0 && score <= 1) : !Number.isFinite(score),
  )
  if (wrong === -1) return
  throw new OnnxError(
    `The model gives ${scores[wrong]} for a row that was served${data.rows.some(Number.isNaN) ? ' (numbers that are not known are NaN)' : ''}: it must give ${algorithm === importedOnnx.name ? 'a probability between 0 and 1' : 'a finite number'}.`,
  )
}

/** It has not learned here: what it is measured on is new to it, as far as anybody here can tell. */
async function judged(data: Dataset, model: Model, champion: Model | undefined, { algorithm }: Artefact): Promise<Judgement> {
  const { train, test } = honestSplit(data, NEWEST_SHARE, SEED)
  const newest = chosenRows(data, test)
  const scores = await scored((batch, into) => model.score(batch, into), newest)
  const kind = algorithm === importedOnnx.name ? 'classification' : 'regression'
  return judge(kind, scores, { older: chosenRows(data, train), newest }, champion, SEED)
}

/** A customer of whom nothing is known. */
function unknownRow({ features: { names } }: LearnableTask): Dataset {
  return {
    count: 1,
    width: names.length,
    rows: new Float32Array(names.length).fill(Number.NaN),
    texts: [null],
    featureNames: names,
    labels: new Float64Array(1),
    times: new Float64Array(1).fill(Number.NaN),
  }
}
