import { algorithmNamed, scoringAlgorithms } from './algorithms.ts'
import { checkWidth } from './check-dataset.ts'
import { calibratedExplainer, calibratedScorer } from './evaluation/calibrated.ts'
import { isCalibrator } from './evaluation/calibrator.ts'
import { classCalibratedExplainer, classCalibratedScorer, isClassCalibrator } from './evaluation/class-calibration.ts'
import type { Artefact, Explainer, Model, ScoringAlgorithm } from './model.ts'
import type { ScoringRuntimes } from './scoring-runtimes.ts'
import { chosenColumns } from './selection/chosen-features.ts'

/** Thrown for a stored model that can't be used; the message says why. */
export class ArtefactError extends Error {
  override readonly name = 'ArtefactError'
}

/** Serialises the artefact as UTF-8 JSON with a fixed field order. The SHA-256 of these bytes is the model's id. */
export function encodeArtefact({
  task,
  algorithm,
  featureSet,
  featureNames,
  chosen,
  outputs,
  dictionaryVersion,
  parameters,
  calibration,
  table,
  ranges,
}: Artefact): Uint8Array {
  // JSON.stringify omits undefined fields, so models stored before an optional field existed keep their ids.
  return new TextEncoder().encode(
    JSON.stringify({
      task,
      algorithm,
      featureSet,
      featureNames,
      chosen,
      outputs,
      dictionaryVersion,
      parameters,
      calibration,
      table,
      ranges,
    }),
  )
}

/** Parses an artefact. Throws `ArtefactError` if the bytes are not one. */
export function decodeArtefact(bytes: Uint8Array): Artefact {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    throw new ArtefactError('The artefact is not JSON in UTF-8.', { cause: error })
  }
  if (typeof value !== 'object' || value === null) throw new ArtefactError('The artefact is not a JSON object.')
  const fields = value as Readonly<Record<string, unknown>>
  const {
    task,
    algorithm,
    featureSet,
    featureNames,
    chosen,
    outputs,
    dictionaryVersion,
    parameters,
    calibration,
    table,
    ranges,
  } = fields
  if (typeof task !== 'string') throw new ArtefactError('The artefact names no task.')
  if (typeof algorithm !== 'string') throw new ArtefactError('The artefact names no algorithm.')
  if (typeof featureSet !== 'string') throw new ArtefactError('The artefact names no feature set.')
  if (!isListOfNames(featureNames)) throw new ArtefactError('The artefact has no list of feature names.')
  if (typeof parameters !== 'object' || parameters === null) throw new ArtefactError('The artefact has no parameters.')
  if (chosen !== undefined && !isChoice(chosen, featureNames.length))
    throw new ArtefactError(`The chosen features are not places among the ${featureNames.length}.`)
  if (outputs !== undefined && !isListOfNames(outputs))
    throw new ArtefactError('The outputs of the artefact are not a list of names.')
  if (dictionaryVersion !== undefined && !Number.isInteger(dictionaryVersion))
    throw new ArtefactError('The version of the dictionary of the artefact is not a whole number.')
  if (calibration !== undefined && !isCalibrator(calibration) && !isClassCalibrator(calibration))
    throw new ArtefactError('The calibration of the artefact is none that this version knows, or is not whole.')
  return {
    task,
    algorithm,
    featureSet,
    featureNames,
    parameters,
    ...(chosen === undefined ? {} : { chosen }),
    ...(outputs === undefined ? {} : { outputs }),
    ...(dictionaryVersion === undefined ? {} : { dictionaryVersion: dictionaryVersion as number }),
    ...(calibration === undefined ? {} : { calibration }),
    ...(table === undefined ? {} : { table: table as Artefact['table'] }),
    ...(ranges === undefined ? {} : { ranges: ranges as Artefact['ranges'] }),
  }
}

function isListOfNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((name) => typeof name === 'string')
}

function isChoice(value: unknown, count: number): value is readonly number[] {
  return Array.isArray(value) && value.every((index) => Number.isInteger(index) && index >= 0 && index < count)
}

/**
 * Returns a model ready to score. `id` is the SHA-256 of the bytes, verified by the caller. Without `runtimes`,
 * algorithms score in pure code where they can. Throws `ArtefactError` if the model can't score.
 */
export function modelFrom(bytes: Uint8Array, id: string, runtimes?: ScoringRuntimes): Model {
  const artefact = decodeArtefact(bytes)
  const { task, algorithm: name, featureSet, featureNames, chosen, outputs = ['score'], parameters } = artefact
  const algorithm = algorithmNamed(name)
  if (algorithm === undefined) {
    throw new ArtefactError(
      `Model ${id} was made by "${name}", which this version does not have: it has ${scoringAlgorithms.map((known) => known.name).join(', ')}.`,
    )
  }
  const width = featureNames.length
  const outputCount = algorithm.outputs?.(parameters) ?? 1
  if (outputCount !== outputs.length)
    throw new ArtefactError(`Model ${id} gives ${outputCount} numbers a row and has names for ${outputs.length}.`)
  const { calibration } = artefact
  const calibrated = calibration?.method === 'classes' ? calibration.intercepts.length : 1
  if (calibration !== undefined && (outputCount !== calibrated || algorithm.kind !== 'classification'))
    throw new ArtefactError(
      `Model ${id} is calibrated, and gives no ${calibrated === 1 ? 'single probability' : `${calibrated} probabilities`} that could be.`,
    )
  const uncalibrated = checkedScorer(algorithm, parameters, chosen?.length ?? width, outputCount, id, runtimes)
  const score =
    calibration === undefined
      ? uncalibrated
      : calibration.method === 'classes'
        ? classCalibratedScorer(uncalibrated, calibration)
        : calibratedScorer(uncalibrated, calibration)

  return {
    id,
    task,
    algorithm: name,
    featureSet,
    featureNames,
    outputs,
    runtime: isRemote(algorithm, runtimes) ? algorithm.runtime : undefined,
    dictionaryVersion: artefact.dictionaryVersion,
    readsText: algorithm.readsText,
    score(batch, into) {
      checkWidth(batch, width)
      return score(chosen === undefined ? batch : chosenColumns(batch, chosen), into)
    },
    ...(algorithm.explainer === undefined
      ? {}
      : {
          explainer(output) {
            const ofMargin = algorithm.explainer!(parameters, output)
            const explain =
              calibration === undefined
                ? ofMargin
                : calibration.method === 'classes'
                  ? classCalibratedExplainer(ofMargin, calibration, output ?? 0)
                  : calibratedExplainer(ofMargin, calibration)
            return chosen === undefined ? explain : explainChosen(explain, chosen)
          },
        }),
  }
}

/** Expands the contributions of the chosen features to the full width; the other features get 0. */
function explainChosen(explain: Explainer, chosen: readonly number[]): Explainer {
  const contributions = new Float64Array(chosen.length)
  return (row, into) => {
    into.fill(0)
    const base = explain(
      Float32Array.from(chosen, (feature) => row[feature]!),
      contributions,
    )
    chosen.forEach((feature, index) => (into[feature] = contributions[index]!))
    return base
  }
}

function isRemote({ runtime }: ScoringAlgorithm<unknown>, runtimes: ScoringRuntimes | undefined): boolean {
  return runtime !== undefined && runtimes !== undefined
}

/** Returns the scorer after a trial on one row, which checks that the parameters are complete and match `width`. */
function checkedScorer(
  algorithm: ScoringAlgorithm<unknown>,
  parameters: unknown,
  width: number,
  outputs: number,
  id: string,
  runtimes: ScoringRuntimes | undefined,
): Model['score'] {
  try {
    const score = algorithm.scorer(parameters, runtimes)
    // A remote scorer is asynchronous, and a trial would start a runtime that may never be needed.
    if (isRemote(algorithm, runtimes)) return score
    const first = new Float64Array(outputs)
    const promised = score({ count: 1, width, rows: new Float32Array(width).fill(Number.NaN), texts: [null] }, first)
    if (promised === undefined && !first.every(Number.isFinite))
      throw new Error(`a row of unknown values scores ${first.join(', ')}.`)
    return score
  } catch (error) {
    throw new ArtefactError(
      `The parameters of model ${id} do not fit its ${width} features: ${(error as Error).message}`,
      {
        cause: error,
      },
    )
  }
}
