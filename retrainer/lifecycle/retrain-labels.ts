import { modelFrom } from '../../models/artefact.ts'
import { dictionarySetting as catalogue } from '../../processors/recommendations/dictionary-setting.ts'
import { trainingRows, type LearnableTask } from './learnable-task.ts'
import { modelIdOf } from '../../store/models/model-id.ts'
import { championOf, registerModel } from '../../store/models/models.ts'
import { catalogueAt } from '../../store/versioned-settings.ts'
import { decideGate } from './gate/decide.ts'
import { releaseChallenger } from './gate/release-challenger.ts'
import { currentShift, gateOf } from './gate/task-gate.ts'
import { outranks } from './challenger.ts'
import { trainLabelChallenger } from './label-challenger.ts'
import { labelLearners } from './label-learners.ts'
import { multiLabelData } from './multi-label-data.ts'
import {
  candidateOf,
  compatibleChampion,
  evaluationFacts,
  horizonMsOf,
  rowsFingerprint,
  ROWS_MIN,
  type RetrainOptions,
  type Retraining,
} from './retrain.ts'

/**
 * Retrains a multi-label task as `retrain` does. The subject of an outcome names the label: an entry of the dictionary,
 * or any other id, such as a product. A model of the dictionary is bound to its current version. Retired entries and
 * labels with too few known values are left out.
 */
export async function retrainLabels(task: LearnableTask, options: RetrainOptions): Promise<Retraining> {
  const { database, codeVersion, seed = 1, algorithm = task.algorithm } = options
  const { rows: served, sampling, trust } = await trainingRows(task, database, options.rowsMax)
  const dictionary = task.multiLabel === 'dictionary' ? await catalogueAt(database, catalogue) : undefined
  const learnable =
    dictionary?.characteristics.filter(({ retired }) => !retired).map(({ id }) => id) ??
    [...new Set(served.map(({ subjectId }) => subjectId))].sort()
  const { data, outputs, tooFew } = multiLabelData(served, learnable, task.features.names)
  if (data.count < ROWS_MIN) return { kind: 'too-few-rows', rows: data.count, needed: ROWS_MIN }
  const champion = compatibleChampion(await championOf(database, task.task), task, options.runtimes)
  const gate = await gateOf(database, task.task)
  const names = options.compare === true ? labelLearners.map((learner) => learner.algorithm.name) : [algorithm]
  const trained = []
  for (const [index, name] of names.entries()) {
    const result = await trainLabelChallenger(data, {
      task: task.task,
      algorithm: name,
      featureSet: task.features.id,
      outputs,
      dictionaryVersion: dictionary?.version,
      seed,
      purgeGapMs: horizonMsOf(task),
      champion,
      gate,
      progress: (done, of) => options.progress?.(index + done / of, names.length),
    })
    const modelId = modelIdOf(result.artefact)
    const outcomes = await currentShift(database, gate, modelFrom(result.artefact, modelId, options.runtimes), champion)
    const decision = decideGate(gate, { ...result.measures, outcomes })
    trained.push({ algorithm: name, modelId, result: { ...result, promote: decision.passed }, decision })
  }
  for (const { algorithm: name, modelId, result, decision } of trained)
    await registerModel(database, {
      id: modelId,
      task: task.task,
      algorithm: name,
      featureSet: task.features.id,
      artefact: Buffer.from(result.artefact),
      metrics: result.metrics,
      gate: decision,
      data: {
        ...rowsFingerprint(served),
        sampling,
        ...(trust === undefined ? {} : { trust }),
        labelledRows: data.count,
        ...evaluationFacts(task, result),
        ...(options.trigger === undefined ? {} : { trigger: options.trigger }),
        seed,
        outputs,
        tooFew,
        ...(dictionary === undefined ? {} : { dictionaryVersion: dictionary.version }),
        ...(names.length === 1 ? {} : { comparedWith: names }),
      },
      codeVersion,
    })
  const {
    modelId,
    result,
    decision,
    algorithm: chosen,
  } = trained.reduce((best, one) => (outranks(one.result, best.result) ? one : best))
  const challenger = { task: task.task, modelId, championId: champion?.id, decision, reason: result.reason }
  const released = await releaseChallenger(database, challenger)
  const candidates = trained.map(candidateOf)
  return { kind: 'trained', modelId, algorithm: chosen, candidates, leftOut: [], ...result, ...released }
}
